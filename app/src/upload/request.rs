//! One file as one request, with its progress. Browsers tell of that through `XMLHttpRequest` alone.
//! It is spoken to by name: typed bindings would be a further feature of a crate that all others of
//! the pages are compiled after.

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};

use leptos::prelude::window;

/// A file that somebody chose, dropped or pasted.
pub struct Chosen {
    /// What it is called.
    pub name: String,
    /// How many bytes it has.
    pub bytes: i64,
    file: JsValue,
}

/// What became of a request.
pub enum Answer {
    /// The server took the file, and says this.
    Taken(String),
    /// The server refused it, and says this.
    Refused(String),
    /// No answer came.
    Lost,
}

/// A request under way.
pub struct Request {
    request: JsValue,
    /// Called by the browser as long as the request is there.
    _heard: [Closure<dyn FnMut(JsValue)>; 2],
}

impl Request {
    /// Sends a file to the conversation at `room`.
    pub fn send(
        room: &str,
        file: &Chosen,
        told: impl Fn(u8) + 'static,
        ended: impl Fn(Answer) + 'static,
    ) -> Option<Self> {
        let maker: Function = get(&window(), "XMLHttpRequest")?.dyn_into().ok()?;
        let request = Reflect::construct(&maker, &Array::new()).ok()?;
        let name = String::from(js_sys::encode_uri_component(&file.name));
        let address = [room, "/file?name=", &name].concat();
        call(&request, "open", &["POST".into(), address.into()])?;
        let json = "application/json";
        call(
            &request,
            "setRequestHeader",
            &["accept".into(), json.into()],
        )?;
        let progress = Closure::<dyn FnMut(JsValue)>::new(move |event: JsValue| {
            let number = |name| get(&event, name).and_then(|value| value.as_f64());
            if let (Some(sent), Some(total)) = (number("loaded"), number("total"))
                && total > 0.0
            {
                told(percent(sent / total));
            }
        });
        let end = {
            let request = request.clone();
            Closure::<dyn FnMut(JsValue)>::new(move |_| ended(answer_of(&request)))
        };
        let upload = get(&request, "upload")?;
        Reflect::set(&upload, &"onprogress".into(), progress.as_ref()).ok()?;
        Reflect::set(&request, &"onloadend".into(), end.as_ref()).ok()?;
        call(&request, "send", std::slice::from_ref(&file.file))?;
        Some(Self {
            request,
            _heard: [progress, end],
        })
    }

    /// Stops it; nothing is heard of it any more.
    pub fn stop(&self) {
        // Setting a property of an object of the browser's own cannot fail.
        let _ = Reflect::set(&self.request, &"onloadend".into(), &JsValue::NULL);
        call(&self.request, "abort", &[]);
    }
}

fn answer_of(request: &JsValue) -> Answer {
    let status = get(request, "status").and_then(|status| status.as_f64());
    let text = get(request, "responseText").and_then(|text| text.as_string());
    match (status, text) {
        (Some(201.0), Some(text)) => Answer::Taken(text),
        (Some(status), Some(text)) if status >= 400.0 => Answer::Refused(text),
        _ => Answer::Lost,
    }
}

/// So many of a hundred parts; the last one is the server's answer.
fn percent(part: f64) -> u8 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::as_conversions,
        reason = "a number from 0 to 99"
    )]
    let percent = (part * 100.0).clamp(0.0, 99.0) as u8;
    percent
}

fn get(of: &JsValue, name: &str) -> Option<JsValue> {
    let value = Reflect::get(of, &name.into()).ok()?;
    (!value.is_undefined() && !value.is_null()).then_some(value)
}

fn call(of: &JsValue, name: &str, arguments: &[JsValue]) -> Option<JsValue> {
    let function: Function = get(of, name)?.dyn_into().ok()?;
    let arguments: Array = arguments.iter().collect();
    function.apply(of, &arguments).ok()
}

/// The files that came with an event: dropped, pasted, or chosen in a field, which is emptied.
pub fn taken(event: &JsValue) -> Vec<Chosen> {
    let mut files = Vec::new();
    for way in ["dataTransfer", "clipboardData", "target"] {
        let Some(from) = get(event, way) else {
            continue;
        };
        files.append(&mut files_of(get(&from, "files")));
        if way == "target" && !files.is_empty() {
            // Choosing the same file again is a change only of an empty field.
            let _ = Reflect::set(&from, &"value".into(), &"".into());
        }
    }
    files
}

fn files_of(list: Option<JsValue>) -> Vec<Chosen> {
    let Some(list) = list else { return Vec::new() };
    let all = Array::from(&list);
    let chosen = all.iter().filter_map(|file| {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::as_conversions,
            reason = "a file is far below 2^53 bytes"
        )]
        let bytes = get(&file, "size")?.as_f64()? as i64;
        Some(Chosen {
            name: get(&file, "name")?.as_string()?,
            bytes,
            file,
        })
    });
    chosen.collect()
}
