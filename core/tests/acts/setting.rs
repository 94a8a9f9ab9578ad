//! The settings: changed at once, one row of the log each, and nobody's change overwritten unseen.

use pigeon_core::setting::{self, Changed, Overrides};
use pigeon_core::testing::{Cast, House, both, both_with};
use pigeon_wire::Fault;
use pigeon_wire::audit::{Act, AuditFilter};
use pigeon_wire::permission::Permission;
use pigeon_wire::setting::{Setting, Shown, Typed, Value, Wrong};

use crate::voice::{led_to, refused, start, start_form};

fn typed(setting: Setting, text: &str, was: &str) -> Typed {
    Typed {
        setting,
        text: text.to_owned(),
        was: was.to_owned(),
    }
}

async fn change(house: &House, cast: &Cast, all: &[Typed]) -> Changed {
    setting::change(&house.office, &cast.olivia, all.to_vec())
        .await
        .unwrap()
}

fn wrongs(changed: Changed) -> Vec<(Setting, Wrong)> {
    let Changed::Refused(page) = changed else {
        panic!("{changed:?}")
    };
    page.into_iter()
        .filter_map(|shown| Some((shown.setting, shown.wrong?)))
        .collect()
}

#[tokio::test]
async fn the_settings_are_for_whoever_manages_them() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let forbidden = Fault::Forbidden(Permission::ManageSettings);
        for who in [&cast.lena, &cast.nora, &cast.sam, &cast.uwe] {
            assert_eq!(refused(setting::page(office, who).await), forbidden);
            let all = vec![typed(Setting::LinkDays, "7", "30")];
            let changed = setting::change(office, who, all).await;
            assert_eq!(refused(changed), forbidden);
        }
        assert_eq!(office.settings().link_days, 30);
        let page = setting::page(office, &cast.olivia).await.unwrap();
        let all: Vec<Setting> = page.iter().map(|shown| shown.setting).collect();
        assert_eq!(all, Setting::ALL);
    })
    .await;
}

#[tokio::test]
async fn what_was_changed_holds_at_once_and_stands_in_the_log() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let form = [
            typed(Setting::SiteName, " Harbour ", "Pigeon"),
            typed(Setting::LinkDays, "30", "30"),
            typed(Setting::Accent, "#AA0000", ""),
            typed(Setting::SupportRecipients, "a@x.org\r\nb@x.org", ""),
            typed(Setting::AllowGuestThreads, "", "on"),
            typed(Setting::HoneypotField, "homepage", "website"),
        ];
        assert_eq!(change(house, &cast, &form).await, Changed::Stored(5));
        let settings = office.settings();
        assert_eq!(settings.site_name, "Harbour");
        assert_eq!(settings.value(Setting::Accent).text(), "#aa0000");
        assert_eq!(settings.support_recipients().len(), 2);
        assert_eq!(settings.honeypot_field, "homepage");
        let form = start_form(house, "gerda@example.org", "It hisses.");
        assert_eq!(
            refused(start(house, &form, "203.0.113.1").await),
            Fault::Off
        );

        let filter = AuditFilter {
            act: Some(Act::SettingChanged),
            ..AuditFilter::default()
        };
        let log = pigeon_core::audit::page(office, &cast.olivia, &filter, None)
            .await
            .unwrap();
        assert_eq!(log.lines.len(), 5);
        let told = log
            .lines
            .iter()
            .find(|line| line.fact("setting") == Some("site_name"))
            .unwrap();
        let facts = (told.fact("from"), told.fact("to"));
        assert_eq!(facts, (Some("Pigeon"), Some("Harbour")));
        assert_eq!(told.actor.as_ref().unwrap().id, cast.olivia.person);

        // The same form once more changes nothing, and says so.
        let page = setting::page(office, &cast.olivia).await.unwrap();
        let again: Vec<Typed> = page
            .iter()
            .filter(|shown| !shown.is_locked)
            .map(|shown| typed(shown.setting, &shown.text, &shown.was))
            .collect();
        assert_eq!(change(house, &cast, &again).await, Changed::Stored(0));
        assert_eq!(house.number("SELECT COUNT(*) FROM settings").await, 5);
        let on = [typed(Setting::AllowGuestThreads, "on", "")];
        assert_eq!(change(house, &cast, &on).await, Changed::Stored(1));
        led_to(start(house, &form_again(house), "203.0.113.2").await);
    })
    .await;
}

fn form_again(house: &House) -> pigeon_wire::message::StartForm {
    start_form(house, "gerda@example.org", "It hisses again.")
}

#[tokio::test]
async fn one_wrong_field_keeps_all_of_them_from_being_stored() {
    both(async |house| {
        let cast = Cast::in_office(&house.office).await;
        let form = [
            typed(Setting::SiteName, "Harbour", "Pigeon"),
            typed(Setting::LinkDays, "366", "30"),
            typed(Setting::HoneypotField, "email", "website"),
        ];
        let changed = change(house, &cast, &form).await;
        let Changed::Refused(page) = &changed else {
            panic!("{changed:?}")
        };
        let kept = |setting| {
            let shown: &Shown = page.iter().find(|shown| shown.setting == setting).unwrap();
            (shown.text.clone(), shown.was.clone())
        };
        let pair = |text: &str, was: &str| (text.to_owned(), was.to_owned());
        assert_eq!(kept(Setting::SiteName), pair("Harbour", "Pigeon"));
        assert_eq!(kept(Setting::LinkDays), pair("366", "30"));
        let bounds = Wrong::OutOfBounds {
            least: 1,
            most: 365,
        };
        let expected = [
            (Setting::LinkDays, bounds),
            (Setting::HoneypotField, Wrong::Reserved),
        ];
        assert_eq!(wrongs(changed), expected);
        assert_eq!(house.number("SELECT COUNT(*) FROM settings").await, 0);
        assert_eq!(house.office.settings().site_name, "Pigeon");
    })
    .await;
}

#[tokio::test]
async fn what_the_configuration_fixes_is_never_changed() {
    let fixed = Overrides {
        public_url: Some("https://help.example.org".to_owned()),
        link_days: Some(7),
        ..Overrides::default()
    };
    both_with(fixed, async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let page = setting::page(office, &cast.olivia).await.unwrap();
        let locked: Vec<Setting> = page
            .iter()
            .filter(|shown| shown.is_locked)
            .map(|shown| shown.setting)
            .collect();
        assert_eq!(locked, [Setting::PublicUrl, Setting::LinkDays]);
        for (setting, text, was) in [
            (Setting::LinkDays, "9", "7"),
            (Setting::LinkDays, "9", ""),
            (Setting::PublicUrl, "https://evil.example", ""),
        ] {
            let changed = change(house, &cast, &[typed(setting, text, was)]).await;
            assert_eq!(wrongs(changed), [(setting, Wrong::Locked)]);
        }
        assert_eq!(office.settings().value(Setting::LinkDays), Value::Number(7));
        assert_eq!(house.number("SELECT COUNT(*) FROM settings").await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_change_by_somebody_else_is_told_and_not_overwritten() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        house.give_role(cast.lena.person, Some("admin")).await;
        let others = vec![
            typed(Setting::LinkDays, "9", "30"),
            typed(Setting::JoiningDelay, "0", "120"),
        ];
        let stored = setting::change(office, &cast.lena, others).await.unwrap();
        assert_eq!(stored, Changed::Stored(2));
        house.forward(60_000);
        let form = [
            typed(Setting::LinkDays, "7", "30"),
            // Not touched here, and the same as the other's: nothing to tell.
            typed(Setting::JoiningDelay, "120", "120"),
            typed(Setting::RateMessages, "11", "10"),
        ];
        let changed = change(house, &cast, &form).await;
        let Changed::Refused(page) = &changed else {
            panic!("{changed:?}")
        };
        let told = page
            .iter()
            .find(|shown| shown.setting == Setting::LinkDays)
            .unwrap();
        let meanwhile = told.meanwhile.clone().unwrap();
        assert_eq!(
            (meanwhile.by.as_deref(), meanwhile.ago_ms),
            (Some("Lena"), 60_000)
        );
        assert_eq!((told.text.as_str(), told.was.as_str()), ("7", "9"));
        assert_eq!(wrongs(changed), [(Setting::LinkDays, Wrong::Changed)]);
        let settings = office.settings();
        assert_eq!((settings.link_days, settings.rate_messages), (9, 10));
        assert_eq!(settings.joining_delay_s, 0);
        // Having seen it, the same person decides.
        let form = [typed(Setting::LinkDays, "7", "9")];
        assert_eq!(change(house, &cast, &form).await, Changed::Stored(1));
        assert_eq!(office.settings().link_days, 7);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_changes_at_the_same_moment_one_is_told() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        house.give_role(cast.lena.person, Some("admin")).await;
        for round in 0..10 {
            let was = office.settings().link_days.to_string();
            let (one, other) = (100 + round, 200 + round);
            let all = |to: i64| vec![typed(Setting::LinkDays, &to.to_string(), &was)];
            let (first, second) = tokio::join!(
                setting::change(office, &cast.olivia, all(one)),
                setting::change(office, &cast.lena, all(other)),
            );
            let stored = [first.unwrap(), second.unwrap()].map(|c| c == Changed::Stored(1));
            assert!(stored[0] != stored[1], "{stored:?}");
            let winner = if stored[0] { one } else { other };
            assert_eq!(office.settings().link_days, winner);
        }
    })
    .await;
}
