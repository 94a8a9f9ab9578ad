//! What the settings in force are made of.

use super::*;
use serde_json::json;

fn merged(stored: Value, overrides: &Overrides) -> Result<Settings, Error> {
    let Value::Object(stored) = stored else {
        panic!("an object")
    };
    merge(stored, overrides)
}

#[test]
fn what_is_fixed_wins_over_what_is_stored_and_that_over_the_default() {
    let fixed = Overrides {
        public_url: Some("https://help.example.org/".to_owned()),
        link_days: Some(7),
        ..Overrides::default()
    };
    let settings = merged(json!({"link_days": 9, "joining_delay_s": 0}), &fixed).unwrap();
    assert_eq!(settings.link_days, 7);
    assert_eq!(settings.joining_delay_s, 0);
    assert_eq!(settings.rate_messages, 10);
    assert_eq!(settings.public_url, "https://help.example.org");
    assert_eq!(settings.from_address.as_str(), "pigeon@help.example.org");
    assert_eq!(
        settings.support_recipients(),
        std::slice::from_ref(&settings.from_address)
    );
}

#[test]
fn what_is_out_of_bounds_is_refused() {
    for stored in [
        json!({"link_days": 0}),
        json!({"trash_days": 3651}),
        json!({"joining_delay_s": 3601}),
        json!({"rate_messages": "many"}),
        json!({"site_name": "a\nb"}),
        json!({"public_url": "ftp://x"}),
        json!({"public_url": "https://x.example/path"}),
        json!({"honeypot_field": "email"}),
        json!({"honeypot_field": ""}),
        json!({"attachment_mb": 201}),
        json!({"attachments_most": 21}),
        json!({"attachment_endings": ["exe"]}),
        json!({"attachment_endings": []}),
    ] {
        assert!(
            merged(stored.clone(), &Overrides::default()).is_err(),
            "{stored}"
        );
    }
}

#[test]
fn a_host_is_read_without_port_and_path() {
    assert_eq!(host_of("http://127.0.0.1:3000"), "127.0.0.1");
    assert_eq!(host_of("https://[::1]:3000/x"), "::1");
    assert_eq!(host_of("https://a.example/x"), "a.example");
}
