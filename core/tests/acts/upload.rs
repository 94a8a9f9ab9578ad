//! What is refused of files, what becomes of images, and what is swept.

use bytes::Bytes;
use futures::stream;
use pigeon_core::attachment::{self, Wanted};
use pigeon_core::guest;
use pigeon_core::setting::Overrides;
use pigeon_core::testing::{Cast, both, both_with};
use pigeon_wire::Fault;
use pigeon_wire::attachment::{Extension, FileProblem, MB, Storage};
use pigeon_wire::id::{DAY_MS, HOUR_MS};

use crate::files::{by, guest_posts, of, on_disk, png, team_has, team_posts, try_upload, uploads};
use crate::voice::{refused, writes};

/// The beginning of an image that claims to be this large.
fn png_head(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = png(1, 1);
    bytes[16..20].copy_from_slice(&width.to_be_bytes());
    bytes[20..24].copy_from_slice(&height.to_be_bytes());
    let sum = crc(&bytes[12..29]);
    bytes[29..33].copy_from_slice(&sum.to_be_bytes());
    bytes
}

/// The check sum of a chunk of a PNG image.
fn crc(bytes: &[u8]) -> u32 {
    let step = |sum: u32, byte: &u8| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            (sum >> 1) ^ (0xedb8_8320 * (sum & 1))
        })
    };
    !bytes.iter().fold(u32::MAX, step)
}

#[tokio::test]
async fn what_is_not_allowed_is_refused_by_name_and_leaves_nothing() {
    let overrides = Overrides {
        attachment_mb: Some(1),
        attachments_most: Some(2),
        attachment_endings: Some(vec![Extension::Png, Extension::Txt, Extension::Pdf]),
        ..Overrides::default()
    };
    both_with(overrides, async |house| {
        let cast = Cast::in_office(&house.office).await;
        let guido = cast.guido(&house.office, 1).await;
        let who = of(&guido);
        let large = vec![b'x'; 1_000_001];
        for (name, bytes, why) in [
            ("a.exe", b"MZ".as_slice(), FileProblem::Ending),
            ("a.zip", b"PK\x03\x04", FileProblem::Ending),
            ("a", b"x", FileProblem::Ending),
            ("a.png", b"<svg onload=alert(1)>", FileProblem::Mismatch),
            ("a.png", b"GIF89a", FileProblem::Mismatch),
            ("a.pdf", b"<html>%PDF-1.7", FileProblem::Mismatch),
            ("a.txt", b"a\0b", FileProblem::Mismatch),
            ("a.txt", b"", FileProblem::Empty),
            ("a.txt", &large, FileProblem::TooLarge { mb: 1 }),
        ] {
            let answer = try_upload(house, &who, name, bytes).await;
            assert_eq!(refused(answer), Fault::file(name, why));
        }
        assert_eq!(on_disk(house), 0);
        assert_eq!(house.number("SELECT COUNT(*) FROM attachments").await, 0);
        // Refused at the first byte too many, not at the end.
        let mut pulled = 0_i64;
        let endless = stream::repeat_with(|| {
            pulled += 1;
            Ok(Bytes::from_static(&[b'x'; 10_000]))
        });
        let answer = attachment::upload(&house.office, &who, "a.txt", endless).await;
        assert_eq!(
            refused(answer),
            Fault::file("a.txt", FileProblem::TooLarge { mb: 1 })
        );
        assert_eq!(pulled, MB / 10_000 + 1);
        let mut files = Vec::new();
        for _ in 0..3 {
            files.push(uploads(house, &who, "a.txt", b"Hello").await.id);
        }
        let answer = guest_posts(house, &guido, "Three.", &files).await;
        assert_eq!(
            refused(answer),
            Fault::file("a.txt", FileProblem::TooMany { most: 2 })
        );
        assert_eq!(
            guest::open(&house.office, &guido)
                .await
                .unwrap()
                .entries
                .len(),
            1
        );
        assert!(
            guest_posts(house, &guido, "Two.", &files[..2])
                .await
                .is_ok()
        );
    })
    .await;
}

#[tokio::test]
async fn where_files_are_off_none_is_taken() {
    let overrides = Overrides {
        attachment_storage: Some(Storage::Off),
        ..Overrides::default()
    };
    both_with(overrides, async |house| {
        let cast = Cast::in_office(&house.office).await;
        let guido = cast.guido(&house.office, 1).await;
        assert!(
            !guest::open(&house.office, &guido)
                .await
                .unwrap()
                .files
                .is_on()
        );
        let answer = try_upload(house, &of(&guido), "a.txt", b"Hello").await;
        assert_eq!(refused(answer), Fault::file("a.txt", FileProblem::Off));
        writes(house, &guido, "Then without.").await;
    })
    .await;
}

#[tokio::test]
async fn an_image_that_only_claims_to_be_huge_is_kept_and_never_decoded() {
    both(async |house| {
        let cast = Cast::in_office(&house.office).await;
        let guido = cast.guido(&house.office, 1).await;
        for (width, height) in [(10_000, 10_000), (60_000, 60_000), (1, 0x7fff_ffff)] {
            let file = uploads(house, &of(&guido), "huge.png", &png_head(width, height)).await;
            assert_eq!(file.thumb, None, "{width} × {height}");
            let wanted = Wanted::Thumb;
            let small = attachment::for_guest(&house.office, &guido, file.id, wanted).await;
            assert_eq!(small.err().map(Fault::from), Some(Fault::NotFound));
        }
        let broken = uploads(house, &of(&guido), "broken.png", &png_head(300, 300)).await;
        assert_eq!(broken.thumb, None);
        let tiny = uploads(house, &of(&guido), "tiny.png", &png(20, 20)).await;
        assert_eq!(tiny.thumb.map(|thumb| thumb.width), Some(20));
    })
    .await;
}

#[tokio::test]
async fn what_nobody_posts_is_gone_after_a_day_and_what_is_posted_stays() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        let kept = uploads(house, &of(&guido), "kept.png", &png(30, 30)).await;
        guest_posts(house, &guido, "", &[kept.id]).await.unwrap();
        let left = uploads(house, &of(&guido), "left.png", &png(30, 30)).await;
        // An upload that a crash has cut off, and a file that is not ours.
        let id = left.id.to_string();
        std::fs::write(house.files.join(&id[30..]).join(format!("{id}#1")), "half").unwrap();
        std::fs::write(house.files.join("README"), "mine").unwrap();
        assert_eq!(on_disk(house), 6);
        house.forward(DAY_MS - HOUR_MS);
        assert_eq!(attachment::sweep(office).await.unwrap(), 0);
        house.forward(2 * HOUR_MS);
        let young = uploads(house, &by(&cast.nora, guido.thread), "young.txt", b"Hello").await;
        assert_eq!(attachment::sweep(office).await.unwrap(), 3);
        assert_eq!(on_disk(house), 4);
        assert_eq!(house.number("SELECT COUNT(*) FROM attachments").await, 2);
        let theirs = team_has(house, &cast.sam, guido.thread, kept.id).await;
        assert_eq!(theirs.unwrap(), png(30, 30));
        team_posts(house, &cast.nora, guido.thread, "", &[young.id])
            .await
            .unwrap();
        // A purged thread takes its rows along, and the sweep the bytes.
        house.forward(2 * DAY_MS);
        let thread = house.id(guido.thread.0);
        house
            .sql(&format!("DELETE FROM threads WHERE id = {thread}"))
            .await;
        assert_eq!(house.number("SELECT COUNT(*) FROM attachments").await, 0);
        assert_eq!(attachment::sweep(office).await.unwrap(), 3);
        assert_eq!(on_disk(house), 1);
    })
    .await;
}

#[tokio::test]
async fn nobody_fills_the_disk_without_writing() {
    both(async |house| {
        let cast = Cast::in_office(&house.office).await;
        let guido = cast.guido(&house.office, 1).await;
        let who = by(&cast.nora, guido.thread);
        for _ in 0..60 {
            uploads(house, &who, "a.txt", b"Hello").await;
        }
        let answer = try_upload(house, &who, "a.txt", b"Hello").await;
        assert!(matches!(refused(answer), Fault::TooMany { .. }));
        assert_eq!(on_disk(house), 60);
        let mut answers = Vec::new();
        for _ in 0..101 {
            answers.push(try_upload(house, &of(&guido), "a.exe", b"x").await);
        }
        let last = answers.pop().unwrap();
        assert!(matches!(refused(last), Fault::TooMany { .. }));
    })
    .await;
}
