use uuid::Uuid;

use super::*;

const KETTLE: ThreadId = ThreadId(Uuid::from_u128(1));
const SAW: ThreadId = ThreadId(Uuid::from_u128(2));
const GUIDO: PersonId = PersonId(Uuid::from_u128(3));

fn person(n: u128) -> PersonRef {
    PersonRef {
        id: PersonId(Uuid::from_u128(n)),
        name: ["Nora", "Omar"][usize::from(n != 10)].to_owned(),
    }
}

fn nora() -> PersonRef {
    person(10)
}

fn omar() -> PersonRef {
    person(11)
}

/// Who is told to be where, in words.
fn told(presences: &mut Presences, now: i64) -> Vec<String> {
    let mut news: Vec<_> = presences
        .news_for_team(Millis(now))
        .into_iter()
        .map(|news| {
            let people = news.now.people.iter();
            let people: Vec<_> = people
                .map(|one| format!("{} {}", one.who.name, one.doing))
                .collect();
            let customer = if news.now.customer_types { " *" } else { "" };
            format!("{}{customer}", people.join(", "))
        })
        .collect();
    news.sort();
    news
}

/// What the guests are told.
fn heard(presences: &mut Presences, now: i64) -> Vec<Option<String>> {
    let news = presences.news_for_guests(Millis(now));
    news.into_iter().map(|news| news.now).collect()
}

#[test]
fn whoever_looks_is_told_once_and_goes_when_they_say_nothing_more() {
    let mut presences = Presences::default();
    presences.look(1, KETTLE, GUIDO, nora(), Millis(0));
    assert_eq!(told(&mut presences, 0), ["Nora looking"]);
    presences.look(1, KETTLE, GUIDO, nora(), Millis(5000));
    assert!(told(&mut presences, 5000).is_empty(), "nothing new");
    assert_eq!(presences.next_end(Millis(5000)), Some(Millis(17_000)));
    assert!(told(&mut presences, 16_999).is_empty());
    assert_eq!(told(&mut presences, 17_000), [""]);
    assert!(heard(&mut presences, 17_000).is_empty());
    assert_eq!(presences.size(), (0, 0), "nothing is kept of it");
}

#[test]
fn a_line_is_at_one_thread() {
    let mut presences = Presences::default();
    presences.look(1, KETTLE, GUIDO, nora(), Millis(0));
    told(&mut presences, 0);
    presences.look(1, SAW, GUIDO, nora(), Millis(10));
    assert_eq!(told(&mut presences, 10), ["", "Nora looking"]);
    presences.leave(1);
    assert_eq!(told(&mut presences, 20), [""]);
    assert_eq!(presences.size(), (0, 0));
}

#[test]
fn two_windows_are_one_person_who_does_the_busier_thing() {
    let mut presences = Presences::default();
    let pen = |pen| (nora(), pen);
    presences.look(1, KETTLE, GUIDO, nora(), Millis(0));
    presences.look(2, KETTLE, GUIDO, nora(), Millis(0));
    presences.types(2, KETTLE, GUIDO, pen(Pen::Note), Millis(0));
    presences.look(3, KETTLE, GUIDO, omar(), Millis(0));
    assert_eq!(told(&mut presences, 0), ["Nora noting, Omar looking"]);
    presences.types(1, KETTLE, GUIDO, pen(Pen::Reply), Millis(1));
    assert_eq!(told(&mut presences, 1), ["Nora replying, Omar looking"]);
    presences.sent(KETTLE, nora().id, Pen::Reply);
    assert_eq!(told(&mut presences, 2), ["Nora noting, Omar looking"]);
    presences.leave(2);
    assert_eq!(told(&mut presences, 3), ["Nora looking, Omar looking"]);
}

#[test]
fn a_guest_hears_a_reply_being_typed_and_nothing_else() {
    let mut presences = Presences::default();
    presences.look(1, KETTLE, GUIDO, nora(), Millis(0));
    presences.types(1, KETTLE, GUIDO, (nora(), Pen::Note), Millis(0));
    assert!(heard(&mut presences, 0).is_empty());
    presences.types(1, KETTLE, GUIDO, (nora(), Pen::Reply), Millis(10));
    presences.types(2, KETTLE, GUIDO, (omar(), Pen::Reply), Millis(20));
    assert_eq!(heard(&mut presences, 20), [Some("Nora".to_owned())]);
    presences.types(1, KETTLE, GUIDO, (nora(), Pen::Note), Millis(30));
    assert!(
        heard(&mut presences, 30).is_empty(),
        "nor that she turned to a note"
    );
    presences.sent(KETTLE, nora().id, Pen::Note);
    assert!(
        heard(&mut presences, 40).is_empty(),
        "nor that she added it"
    );
    assert_eq!(heard(&mut presences, 6010), [Some("Omar".to_owned())]);
    presences.sent(KETTLE, omar().id, Pen::Reply);
    assert_eq!(heard(&mut presences, 6011), [None]);
}

#[test]
fn the_customer_types_until_they_send_or_leave() {
    let mut presences = Presences::default();
    for rests in [None, Some(7)] {
        presences.customer_types(7, KETTLE, GUIDO, Millis(0));
        assert_eq!(told(&mut presences, 0), [" *"]);
        assert!(heard(&mut presences, 0).is_empty(), "the guest knows");
        presences.customer_rests(KETTLE, rests);
        assert_eq!(told(&mut presences, 1), [""]);
    }
    presences.customer_types(7, KETTLE, GUIDO, Millis(0));
    told(&mut presences, 0);
    assert_eq!(told(&mut presences, 6000), [""]);
    assert_eq!(presences.size(), (0, 0));
}

#[test]
fn a_flood_of_calls_keeps_one_place_and_tells_once() {
    let mut presences = Presences::default();
    for now in 0..1000 {
        presences.customer_types(7, KETTLE, GUIDO, Millis(now));
        presences.types(1, KETTLE, GUIDO, (nora(), Pen::Reply), Millis(now));
    }
    assert_eq!(presences.size(), (1, 1));
    assert_eq!(told(&mut presences, 1000), ["Nora replying *"]);
    assert_eq!(heard(&mut presences, 1000).len(), 1);
    assert!(told(&mut presences, 1000).is_empty());
}

#[test]
fn a_customer_who_is_staff_elsewhere_is_not_told_of_their_own_thread() {
    let mut presences = Presences::default();
    presences.look(1, KETTLE, omar().id, nora(), Millis(0));
    presences.look(2, SAW, GUIDO, nora(), Millis(0));
    told(&mut presences, 0);
    let all = presences.all_told_team(omar().id);
    assert_eq!(all.iter().map(|one| one.thread).collect::<Vec<_>>(), [SAW]);
}
