//! What settings take.

use super::*;

#[test]
fn every_number_takes_its_bounds_and_nothing_beyond() {
    for setting in Setting::ALL {
        let Kind::Number { least, most } = setting.kind() else {
            continue;
        };
        for good in [least, most] {
            assert_eq!(setting.typed(&good.to_string()), Ok(Value::Number(good)));
        }
        for bad in [least - 1, most + 1] {
            let wrong = Err(Wrong::OutOfBounds { least, most });
            assert_eq!(setting.typed(&bad.to_string()), wrong, "{setting}");
        }
        assert_eq!(setting.typed("ten"), Err(Wrong::NoNumber));
        assert_eq!(setting.typed(""), Err(Wrong::Missing));
        assert!(setting.typed("99999999999999999999").is_err());
    }
}

#[test]
fn addresses_are_separated_as_people_do() {
    let typed = Setting::SupportRecipients.typed("a@x.org, B@x.org;c@x.org\n a@X.org");
    let list = ["a@x.org", "B@x.org", "c@x.org"].map(str::to_owned);
    assert_eq!(typed, Ok(Value::List(list.to_vec())));
    assert_eq!(
        Setting::SupportRecipients.typed(" "),
        Ok(Value::List(Vec::new()))
    );
    assert_eq!(
        Setting::SupportRecipients.typed("a@x.org b"),
        Err(Wrong::NoAddress)
    );
    let many: Vec<String> = (0..=ADDRESSES_MAX).map(|n| format!("a{n}@x.org")).collect();
    let many = many.join(" ");
    assert_eq!(
        Setting::SupportRecipients.typed(&many),
        Err(Wrong::TooManyAddresses)
    );
}

#[test]
fn endings_are_of_the_known_ones_however_they_are_written() {
    let typed = Setting::AttachmentEndings.typed(".PDF, png png;\nzip");
    let list = ["pdf", "png", "zip"].map(str::to_owned);
    assert_eq!(typed, Ok(Value::List(list.to_vec())));
    let unknown = Setting::AttachmentEndings.typed("pdf exe");
    assert_eq!(unknown, Err(Wrong::Unknown));
    let none = Setting::AttachmentEndings.typed(" ");
    assert_eq!(none, Err(Wrong::Missing));
}

#[test]
fn a_trap_never_has_a_fields_own_name() {
    assert_eq!(Setting::HoneypotField.typed("email"), Err(Wrong::Reserved));
    assert_eq!(
        Setting::HoneypotField.typed("home page"),
        Err(Wrong::NoWord)
    );
    assert_eq!(Setting::HoneypotField.typed(""), Err(Wrong::Missing));
    let good = Value::Text("home_page".to_owned());
    assert_eq!(Setting::HoneypotField.typed("home_page"), Ok(good));
}

#[test]
fn a_value_survives_its_field() {
    for (setting, text) in [
        (Setting::AllowGuestThreads, "on"),
        (Setting::AllowGuestThreads, ""),
        (Setting::LinkDays, "7"),
        (Setting::Accent, ""),
        (Setting::Accent, "#0a7bdc"),
        (Setting::SupportRecipients, "a@x.org\nb@x.org"),
        (Setting::Language, "de"),
        (Setting::AttachmentStorage, "off"),
        (Setting::AttachmentEndings, "png\npdf"),
    ] {
        assert_eq!(setting.typed(text).unwrap().text(), text, "{setting}");
    }
}
