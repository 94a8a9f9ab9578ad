//! Live lines: who hears what, after the commit and never before, and how lines end.

use std::time::Duration;

use pigeon_core::hub::{Line, Out};
use pigeon_core::setting::Overrides;
use pigeon_core::testing::{Cast, both, both_with};
use pigeon_core::{Error, guest, inbox, session, thread};
use pigeon_wire::Fault;
use pigeon_wire::live::{BACKLOG_FRAMES_MAX, GuestFrame, StaffFrame, WATCHES_MAX, close};
use pigeon_wire::message::Content;
use pigeon_wire::note::StaffContent;
use pigeon_wire::thread::Status;
use serde::de::DeserializeOwned;

use crate::voice::{answers, notes, refused, writes};

fn waiting<F: DeserializeOwned>(line: &mut Line) -> Vec<F> {
    std::iter::from_fn(|| line.waiting())
        .map(|bytes| serde_json::from_slice(&bytes).unwrap())
        .collect()
}

/// The code with which the line ends; frames before it are skipped.
async fn end_of(line: &mut Line) -> u16 {
    let end = async {
        loop {
            if let Out::Close(code) = line.next().await {
                return code;
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(5), end)
        .await
        .expect("an end")
}

#[tokio::test]
async fn a_message_is_heard_by_the_guest_and_by_the_team_in_their_own_views() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        let mut guests = office.hub().attach_guest(&guido);
        let mut team = office.hub().attach_user(&cast.sam);
        thread::follow(office, &cast.sam, &team, guido.thread, 1)
            .await
            .unwrap();
        inbox::listen(office, &cast.sam, &team).await.unwrap();
        answers(house, &cast.nora, guido.thread, "It is covered.").await;
        house.told().await;

        let heard: Vec<GuestFrame> = waiting(&mut guests);
        let [GuestFrame::Whisper(_), GuestFrame::Change(change)] = &heard[..] else {
            panic!("{heard:?}")
        };
        assert_eq!((change.prev, change.now), (1, 2));
        assert_eq!(change.head.status, Status::Open);
        assert!(matches!(&change.entries[0].content,
            Content::Message { author, body, .. } if author == "Nora" && body == "It is covered."));

        let heard: Vec<StaffFrame> = waiting(&mut team);
        let [
            StaffFrame::Receipts { .. },
            StaffFrame::Change(change),
            StaffFrame::Row(row),
        ] = &heard[..]
        else {
            panic!("{heard:?}")
        };
        assert_eq!((change.prev, change.now), (1, 2));
        assert_eq!((row.change, row.status), (2, Status::Open));
    })
    .await;
}

#[tokio::test]
async fn a_note_reaches_the_team_and_never_a_guest() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        let mut guests = office.hub().attach_guest(&guido);
        let mut team = office.hub().attach_user(&cast.sam);
        thread::follow(office, &cast.sam, &team, guido.thread, 1)
            .await
            .unwrap();
        notes(house, &cast.nora, guido.thread, "Third kettle this week.").await;
        let nora = Some(cast.nora.person);
        thread::assign(office, &cast.nora, guido.thread, None, nora)
            .await
            .unwrap();
        house.told().await;
        assert_eq!(guests.waiting(), None);
        let heard: Vec<StaffFrame> = waiting(&mut team);
        assert!(matches!(&heard[0], StaffFrame::Change(change)
            if matches!(&change.entries[0].content, StaffContent::Note { .. })));
        assert_eq!(heard.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn outsiders_hear_nothing() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        let gerda = cast.guido(office, 2).await;
        let mut others = office.hub().attach_guest(&gerda);
        let mut user = office.hub().attach_user(&cast.uwe);
        let followed = thread::follow(office, &cast.uwe, &user, guido.thread, 0).await;
        let listened = inbox::listen(office, &cast.uwe, &user).await;
        assert!(matches!(refused(followed), Fault::Forbidden(_)));
        assert!(matches!(refused(listened), Fault::Forbidden(_)));
        let mut idle = office.hub().attach_user(&cast.nils);
        answers(house, &cast.nora, guido.thread, "Here.").await;
        notes(house, &cast.nora, guido.thread, "Hm.").await;
        writes(house, &guido, "Thanks.").await;
        house.told().await;
        assert_eq!(others.waiting(), None);
        assert_eq!(user.waiting(), None);
        assert_eq!(idle.waiting(), None, "who does not ask is not told");
    })
    .await;
}

#[tokio::test]
async fn a_unit_that_fails_tells_nothing() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        let mut line = office.hub().attach_user(&cast.sam);
        inbox::listen(office, &cast.sam, &line).await.unwrap();
        let told = office.write(|work| {
            Box::pin(async move {
                work.tell(pigeon_core::hub::Announcement::Badge);
                Err::<(), _>(Error::Fault(Fault::NotFound))
            })
        });
        assert_eq!(refused(told.await), Fault::NotFound);
        let unable = Some(cast.uwe.person);
        let refusal = thread::assign(office, &cast.lena, guido.thread, None, unable).await;
        assert!(refusal.is_err());
        house.told().await;
        assert_eq!(line.waiting(), None);
    })
    .await;
}

#[tokio::test]
async fn what_is_heard_is_stored() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        let mut line = office.hub().attach_guest(&guido);
        for n in 0..20 {
            let body = format!("Answer {n}.");
            let listening = async {
                let change = loop {
                    let Out::Frame(frame) = line.next().await else {
                        panic!("a frame")
                    };
                    if let GuestFrame::Change(change) = serde_json::from_slice(&frame).unwrap() {
                        break change;
                    }
                };
                let open = guest::open(office, &guido).await.unwrap();
                assert!(open.change >= change.now, "heard before it was stored");
            };
            tokio::join!(listening, answers(house, &cast.nora, guido.thread, &body));
        }
    })
    .await;
}

#[tokio::test]
async fn reading_in_one_window_is_told_to_the_other_and_to_nobody_else() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        let mut window = office.hub().attach_user(&cast.nora);
        let mut colleague = office.hub().attach_user(&cast.nils);
        thread::seen(office, &cast.nora, guido.thread, 1)
            .await
            .unwrap();
        house.told().await;
        let heard: Vec<StaffFrame> = waiting(&mut window);
        let (thread, upto) = (guido.thread, 1);
        assert_eq!(heard, [StaffFrame::Read { thread, upto }]);
        assert_eq!(colleague.waiting(), None);
    })
    .await;
}

#[tokio::test]
async fn a_line_that_reads_nothing_is_hung_up_and_delays_nobody() {
    let generous = Overrides {
        rate_messages: Some(1_000_000),
        ..Overrides::default()
    };
    both_with(generous, async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        let mut stalled = office.hub().attach_guest(&guido);
        let mut quick = office.hub().attach_guest(&guido);
        let mut heard = 0;
        for n in 0..=BACKLOG_FRAMES_MAX {
            writes(house, &guido, &format!("Line {n}.")).await;
            house.told().await;
            heard += waiting::<GuestFrame>(&mut quick).len();
        }
        assert_eq!(heard, BACKLOG_FRAMES_MAX + 1);
        assert_eq!(stalled.next().await, Out::Close(close::BEHIND));
        writes(house, &guido, "One more.").await;
        house.told().await;
        assert_eq!(waiting::<GuestFrame>(&mut quick).len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_session_that_ends_closes_its_own_lines_alone() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let other = session::open_for(office, "nora@example.com", "phone").await;
        let other = session::recognise(office, &other.unwrap().secret).await;
        let other = other.unwrap().unwrap();
        let mut ended = office.hub().attach_user(&cast.nora);
        let mut phone = office.hub().attach_user(&other);
        let mut nils = office.hub().attach_user(&cast.nils);
        session::end(office, &cast.nora).await.unwrap();
        assert_eq!(end_of(&mut ended).await, close::REVOKED);
        let guido = cast.guido(office, 1).await;
        for (who, line) in [(&other, &mut phone), (&cast.nils, &mut nils)] {
            thread::seen(office, who, guido.thread, 1).await.unwrap();
            house.told().await;
            assert!(line.waiting().is_some(), "still open");
        }
    })
    .await;
}

#[tokio::test]
async fn a_guests_lines_end_with_their_links() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        for way in ["sign out", "not me", "revoked"] {
            let browser = cast.guido(office, 1).await;
            let mailed = house.verified_way(&browser).await;
            let bystander = cast.guido(office, 2).await;
            let mut own = office.hub().attach_guest(&mailed);
            let mut tab = office.hub().attach_guest(&browser);
            let mut theirs = office.hub().attach_guest(&bystander);
            match way {
                "sign out" => guest::sign_out(office, &mailed).await.unwrap(),
                "not me" => guest::not_me(office, &mailed).await.unwrap(),
                _ => thread::revoke_links(office, &cast.nora, mailed.thread)
                    .await
                    .unwrap(),
            }
            assert_eq!(end_of(&mut own).await, close::REVOKED, "{way}");
            if way == "sign out" {
                writes(house, &browser, "The other tab goes on.").await;
                house.told().await;
                assert!(tab.waiting().is_some());
            } else {
                assert_eq!(end_of(&mut tab).await, close::REVOKED, "{way}");
            }
            writes(house, &bystander, "Still here.").await;
            house.told().await;
            assert!(theirs.waiting().is_some());
            house.forward(3_600_000);
        }
    })
    .await;
}

#[tokio::test]
async fn stopping_tells_every_line_to_come_back() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        let staff = office.start();
        let mut guests = office.hub().attach_guest(&guido);
        let mut team = office.hub().attach_user(&cast.nora);
        office.stop(staff).await;
        assert_eq!(end_of(&mut guests).await, close::RESTART);
        assert_eq!(end_of(&mut team).await, close::RESTART);
        let mut late = office.hub().attach_user(&cast.nora);
        assert_eq!(end_of(&mut late).await, close::RESTART, "came too late");
    })
    .await;
}

#[tokio::test]
async fn a_line_that_is_dropped_leaves_nothing_behind() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let guido = cast.guido(office, 1).await;
        let before = office.hub().lines();
        let line = office.hub().attach_user(&cast.nora);
        thread::follow(office, &cast.nora, &line, guido.thread, 0)
            .await
            .unwrap();
        inbox::listen(office, &cast.nora, &line).await.unwrap();
        let guests = office.hub().attach_guest(&guido);
        assert_eq!(office.hub().lines(), before + 2);
        drop((line, guests));
        assert_eq!(office.hub().lines(), before);
    })
    .await;
}

#[tokio::test]
async fn a_line_watches_so_many_threads_and_no_more() {
    both(async |house| {
        let office = &house.office;
        let cast = Cast::in_office(office).await;
        let line = office.hub().attach_user(&cast.nora);
        let mut threads = Vec::new();
        for n in 0..=WATCHES_MAX {
            threads.push(cast.guido(office, u32::try_from(n).unwrap()).await.thread);
        }
        let watch = async |id| {
            let followed = thread::follow(office, &cast.nora, &line, id, 0).await;
            followed.map(drop).map_err(Fault::from)
        };
        for id in &threads[..WATCHES_MAX] {
            assert_eq!(watch(*id).await, Ok(()));
        }
        assert_eq!(
            watch(threads[0]).await,
            Ok(()),
            "one that it watches already"
        );
        let more = watch(threads[WATCHES_MAX]).await;
        assert!(matches!(more, Err(Fault::TooMany { .. })));
        line.leave_staff(threads[0]);
        assert_eq!(watch(threads[WATCHES_MAX]).await, Ok(()));
    })
    .await;
}
