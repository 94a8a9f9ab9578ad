//! Files: whose they are until they are posted, who may have them afterwards, and what is refused.

use bytes::Bytes;
use futures::{Stream, TryStreamExt as _, stream};
use image::{ImageFormat, Rgba, RgbaImage};
use pigeon_core::actor::{Account, Guest};
use pigeon_core::attachment::{self, Uploader, Wanted};
use pigeon_core::testing::{Cast, House, both, recognised, visitor};
use pigeon_core::{Error, guest, inbox, message, note};
use pigeon_wire::attachment::{AttachmentView, FileProblem};
use pigeon_wire::id::HOUR_MS;
use pigeon_wire::inbox::View;
use pigeon_wire::message::{Content, Posted, StartForm};
use pigeon_wire::note::StaffContent;
use pigeon_wire::thread::Source;
use pigeon_wire::{AttachmentId, Fault, ThreadId};

use crate::voice::{answers, door, form, led_to, note_form, opens, refused, start_form};

/// A file as it comes from a network: in small pieces.
fn pieces(bytes: &[u8]) -> impl Stream<Item = Result<Bytes, Fault>> + Send + Unpin + use<> {
    let pieces: Vec<_> = bytes
        .chunks(1000)
        .map(|piece| Ok(Bytes::copy_from_slice(piece)))
        .collect();
    stream::iter(pieces)
}

pub fn png(width: u32, height: u32) -> Vec<u8> {
    let image = RgbaImage::from_fn(width, height, |x, _| {
        Rgba([200, 40, 40, u8::from(x > 9) * 255])
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    image.write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

pub fn of(guest: &Guest) -> Uploader {
    Uploader::Guest(guest.clone(), visitor("203.0.113.9"))
}

pub fn by(account: &Account, thread: ThreadId) -> Uploader {
    Uploader::Staff(account.clone(), thread)
}

pub async fn try_upload(
    house: &House,
    who: &Uploader,
    name: &str,
    bytes: &[u8],
) -> Result<AttachmentView, Error> {
    attachment::upload(&house.office, who, name, pieces(bytes)).await
}

pub async fn uploads(house: &House, who: &Uploader, name: &str, bytes: &[u8]) -> AttachmentView {
    try_upload(house, who, name, bytes)
        .await
        .expect("to upload")
}

pub async fn guest_posts(
    house: &House,
    who: &Guest,
    body: &str,
    files: &[AttachmentId],
) -> Result<Posted, Error> {
    let mut form = form(house, body, None);
    form.attachments = files.to_vec();
    guest::reply(&house.office, who, &form, &door(1)).await
}

pub async fn team_posts(
    house: &House,
    who: &Account,
    thread: ThreadId,
    body: &str,
    files: &[AttachmentId],
) -> Result<Posted, Error> {
    let mut form = form(house, body, None);
    form.attachments = files.to_vec();
    message::reply(&house.office, who, thread, &form).await
}

async fn team_notes(
    house: &House,
    who: &Account,
    thread: ThreadId,
    body: &str,
    files: &[AttachmentId],
) -> Posted {
    let mut form = note_form(house, body);
    form.attachments = files.to_vec();
    let noted = note::add(&house.office, who, thread, &form).await;
    noted.expect("to note")
}

async fn guest_has(house: &House, who: &Guest, id: AttachmentId) -> Result<Vec<u8>, Error> {
    let file = attachment::for_guest(&house.office, who, id, Wanted::Whole).await?;
    let pieces: Vec<Bytes> = file.read(0..file.bytes).await?.try_collect().await.unwrap();
    Ok(pieces.concat())
}

pub async fn team_has(
    house: &House,
    who: &Account,
    thread: ThreadId,
    id: AttachmentId,
) -> Result<Vec<u8>, Error> {
    let wanted = Wanted::Whole;
    let file = attachment::for_staff(&house.office, who, thread, id, wanted).await?;
    let pieces: Vec<Bytes> = file.read(0..file.bytes).await?.try_collect().await.unwrap();
    Ok(pieces.concat())
}

/// How many files lie in the folder, whatever they are.
pub fn on_disk(house: &House) -> usize {
    fn count(folder: &std::path::Path) -> usize {
        let entries = std::fs::read_dir(folder).unwrap().flatten();
        entries
            .map(|entry| {
                if entry.path().is_dir() {
                    count(&entry.path())
                } else {
                    1
                }
            })
            .sum()
    }
    count(&house.files)
}

#[tokio::test]
async fn a_file_comes_with_a_message_and_both_sides_have_it() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        let row = async || {
            let page = inbox::page(office, &cast.sam, View::All, None).await;
            page.unwrap().rows[0].row.clone()
        };
        assert!(!row().await.has_file);
        let kettle = png(900, 300);
        let file = uploads(house, &of(&guido), "../my kettle.PNG", &kettle).await;
        assert_eq!(file.name, "my kettle.PNG");
        assert_eq!(file.bytes, i64::try_from(kettle.len()).unwrap());
        let thumb = file.thumb.unwrap();
        assert_eq!((thumb.width, thumb.height), (480, 160));
        guest_posts(house, &guido, "", &[file.id]).await.unwrap();

        let open = guest::open(office, &guido).await.unwrap();
        let Content::Message {
            body, attachments, ..
        } = &open.entries[1].content
        else {
            panic!("a message")
        };
        assert_eq!(
            (body.as_str(), attachments.as_slice()),
            ("", &[file.clone()][..])
        );
        let staff = opens(house, &cast.sam, guido.thread).await;
        let StaffContent::Message { attachments, .. } = &staff.entries[1].content else {
            panic!("a message")
        };
        assert_eq!(attachments, std::slice::from_ref(&file));
        assert_eq!(guest_has(house, &guido, file.id).await.unwrap(), kettle);
        let theirs = team_has(house, &cast.sam, guido.thread, file.id).await;
        assert_eq!(theirs.unwrap(), kettle);
        let small = attachment::for_guest(office, &guido, file.id, Wanted::Thumb).await;
        let small = small.unwrap();
        assert_eq!(small.media_type, "image/jpeg");
        assert!(small.bytes > 100);
        let row = row().await;
        assert_eq!(
            (row.preview.as_str(), row.has_file),
            ("my kettle.PNG", true)
        );
        for (typed, count) in [("kettle.png", 1), ("has:file", 1), ("has:file spout", 0)] {
            let asked = pigeon_wire::search::Search {
                typed: typed.to_owned(),
                order: pigeon_wire::search::Order::Newest,
                after: None,
            };
            let page = pigeon_core::search::page(office, &cast.nora, asked).await;
            assert_eq!(page.unwrap().total.count, count, "{typed}");
        }
    })
    .await;
}

#[tokio::test]
async fn live_pages_and_catching_up_show_files_too() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        let mut line = office.hub().attach_guest(&guido);
        let file = uploads(house, &by(&cast.nora, guido.thread), "a.txt", b"Hello").await;
        team_posts(house, &cast.nora, guido.thread, "See there.", &[file.id])
            .await
            .unwrap();
        house.told().await;
        let heard = String::from_utf8(line.waiting().unwrap().to_vec()).unwrap();
        assert!(heard.contains("\"name\":\"a.txt\""), "{heard}");
        let missed = guest::changed_after(office, &guido, 1).await.unwrap();
        let missed = serde_json::to_string(&missed).unwrap();
        assert!(missed.contains("\"name\":\"a.txt\""), "{missed}");
    })
    .await;
}

#[tokio::test]
async fn the_files_of_a_note_are_the_teams_alone() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        let (thread, nora) = (guido.thread, &cast.nora);
        let before = serde_json::to_string(&guest::open(office, &guido).await.unwrap()).unwrap();
        let mut line = office.hub().attach_guest(&guido);
        let file = uploads(house, &by(nora, thread), "record.pdf", b"%PDF-1.7 x").await;
        team_notes(house, nora, thread, "", &[file.id]).await;
        let after = serde_json::to_string(&guest::open(office, &guido).await.unwrap()).unwrap();
        assert_eq!(before, after);
        house.told().await;
        assert_eq!(line.waiting(), None);
        for wanted in [Wanted::Whole, Wanted::Thumb] {
            let answer = attachment::for_guest(office, &guido, file.id, wanted).await;
            assert_eq!(answer.err().map(Fault::from), Some(Fault::NotFound));
        }
        let staff = opens(house, &cast.sam, thread).await;
        let StaffContent::Note { attachments, .. } = &staff.entries[1].content else {
            panic!("a note")
        };
        assert_eq!(attachments[0].name, "record.pdf");
        assert!(team_has(house, &cast.sam, thread, file.id).await.is_ok());
        let page = inbox::page(office, &cast.sam, View::All, None)
            .await
            .unwrap();
        assert!(page.rows[0].row.has_file, "which the team alone sees");
        // Nor does it become the guest's by naming it.
        let stolen = guest_posts(house, &guido, "Mine.", &[file.id]).await;
        assert_eq!(refused(stolen), Fault::file("", FileProblem::Gone));
    })
    .await;
}

#[tokio::test]
async fn a_file_is_handed_out_by_the_right_of_this_moment_alone() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let (guido, gerda) = (cast.guido(office, 1).await, cast.guido(office, 2).await);
        let file = uploads(house, &of(&guido), "a.txt", b"Hello").await;
        let waiting = guest_has(house, &guido, file.id).await;
        assert_eq!(
            refused(waiting),
            Fault::NotFound,
            "nothing is handed out unposted"
        );
        guest_posts(house, &guido, "", &[file.id]).await.unwrap();
        let theirs = guest_has(house, &gerda, file.id).await;
        assert_eq!(refused(theirs), Fault::NotFound);
        let elsewhere = team_has(house, &cast.sam, gerda.thread, file.id).await;
        assert_eq!(refused(elsewhere), Fault::NotFound);
        let (uwe, thread) = (&cast.uwe, guido.thread);
        assert!(matches!(
            refused(team_has(house, uwe, thread, file.id).await),
            Fault::Forbidden(_)
        ));
        let staff = opens(house, &cast.sam, thread).await;
        assert_eq!(staff.entries.len(), 2);
        house.trash(thread).await;
        let kept = team_has(house, &cast.sam, thread, file.id).await;
        assert!(kept.is_ok(), "the team reads what is in the trash");
        let more = try_upload(house, &by(&cast.nora, thread), "b.txt", b"Hello").await;
        assert_eq!(refused(more), Fault::Trashed);
        assert_eq!(
            refused(guest_has(house, &guido, file.id).await),
            Fault::Expired
        );
    })
    .await;
}

#[tokio::test]
async fn until_it_is_posted_a_file_is_its_senders_and_of_one_thread() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let (guido, gerda) = (cast.guido(office, 1).await, cast.guido(office, 2).await);
        let (thread, other) = (guido.thread, gerda.thread);
        let gone = Fault::file("", FileProblem::Gone);
        let file = uploads(house, &by(&cast.nora, thread), "a.txt", b"Hello").await;
        let (nora, nils) = (&cast.nora, &cast.nils);
        assert_eq!(
            refused(team_posts(house, nils, thread, "x", &[file.id]).await),
            gone
        );
        assert_eq!(
            refused(team_posts(house, nora, other, "x", &[file.id]).await),
            gone
        );
        assert_eq!(
            refused(guest_posts(house, &guido, "x", &[file.id]).await),
            gone
        );
        let mut form = form(house, "Here.", None);
        form.attachments = vec![file.id];
        let first = message::reply(office, nora, thread, &form).await.unwrap();
        let again = message::reply(office, nora, thread, &form).await.unwrap();
        assert_eq!(first, again);
        // Taken is taken, also for its sender.
        let twice = team_posts(house, nora, thread, "Once more.", &[file.id]).await;
        assert_eq!(refused(twice), Fault::file("a.txt", FileProblem::Gone));
        assert_eq!(opens(house, nora, thread).await.entries.len(), 2);
        let viewer = try_upload(house, &by(&cast.sam, thread), "a.txt", b"Hello").await;
        assert!(matches!(refused(viewer), Fault::Forbidden(_)));
        let nobody = try_upload(house, &by(&cast.uwe, thread), "a.txt", b"Hello").await;
        assert!(matches!(refused(nobody), Fault::Forbidden(_)));
        assert_eq!(on_disk(house), 1, "nothing is kept of what was refused");
    })
    .await;
}

#[tokio::test]
async fn a_form_that_is_sent_again_with_its_files_is_one_message() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        let mut form = form(house, "Look.", None);
        form.attachments = vec![uploads(house, &of(&guido), "a.txt", b"Hello").await.id];
        let first = guest::reply(office, &guido, &form, &door(1)).await.unwrap();
        form.attachments = vec![uploads(house, &of(&guido), "a.txt", b"Hello").await.id];
        let again = guest::reply(office, &guido, &form, &door(1)).await.unwrap();
        assert_eq!(first, again);
        form.attachments = vec![uploads(house, &of(&guido), "a.txt", b"Hallo").await.id];
        let other = guest::reply(office, &guido, &form, &door(1)).await.unwrap();
        assert_ne!(first, other, "other bytes are another message");
    })
    .await;
}

#[tokio::test]
async fn a_start_brings_its_files_along() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let mut asked = start_form(house, "guido@example.org", "");
        let from = visitor("203.0.113.7");
        let take = async || {
            let taken = attachment::take_in(office, &from, "bill.pdf", pieces(b"%PDF-1.4 x"));
            vec![taken.await.unwrap()]
        };
        let start = async |form: StartForm, bait: &'static str, files| {
            guest::start_with(office, &form, bait, Source::Form, &from, files).await
        };
        let (thread, secret) = led_to(start(asked.clone(), "", take().await).await);
        let (again, _) = led_to(start(asked.clone(), "", take().await).await);
        assert_eq!(thread, again);
        let guido = recognised(office, thread, &secret).await;
        let open = guest::open(office, &guido).await.unwrap();
        let Content::Message { attachments, .. } = &open.entries[0].content else {
            panic!("a message")
        };
        assert_eq!(attachments[0].name, "bill.pdf");
        assert!(guest_has(house, &guido, attachments[0].id).await.is_ok());
        assert_eq!(opens(house, &cast.sam, thread).await.entries.len(), 1);
        // What is refused, or caught, leaves nothing in the folder.
        asked.email = "no address".into();
        assert!(start(asked.clone(), "", take().await).await.is_err());
        asked.email = "robot@example.org".into();
        let caught = start(asked.clone(), "https://spam.example", take().await).await;
        assert_eq!(caught.unwrap(), guest::Started::Caught);
        assert_eq!(on_disk(house), 1);
    })
    .await;
}

#[tokio::test]
async fn mails_name_files_and_carry_none() {
    both(async |house| {
        let cast = Cast::in_office(&house.office).await;
        let guido = cast.guido(&house.office, 1).await;
        answers(house, &cast.nora, guido.thread, "One moment.").await;
        let file = uploads(
            house,
            &by(&cast.nora, guido.thread),
            "offer <1>.txt",
            b"secret",
        )
        .await;
        team_posts(house, &cast.nora, guido.thread, "", &[file.id])
            .await
            .unwrap();
        let hidden = uploads(
            house,
            &by(&cast.nils, guido.thread),
            "hidden.txt",
            b"secret",
        )
        .await;
        team_notes(house, &cast.nils, guido.thread, "", &[hidden.id]).await;
        house.forward(HOUR_MS);
        house.run_mails().await;
        let letters = house.mailbox.letters();
        let to = |address: &str| {
            let theirs = letters.iter().filter(|l| l.to.1.as_str() == address);
            theirs
                .map(|l| l.text.clone())
                .collect::<Vec<_>>()
                .join("\n")
        };
        let guests = to("guido1@example.org");
        assert!(guests.contains("[File: offer _1_.txt]"), "{guests}");
        assert!(!guests.contains("hidden") && !guests.contains("secret"));
        assert!(to("nora@example.com").contains("[File: hidden.txt]"));
    })
    .await;
}
