//! What somebody with an account wants to be told by mail and by the badge, by what it is about.

use serde::{Deserialize, Serialize};

use crate::waiting::UNDO_CHOICES_S;

choice! {
    /// What there is to be told of.
    NoticeKind {
        /// The team's answers to one's own questions.
        Support = "support",
        /// Messages in direct threads.
        Direct = "direct",
        /// First messages of strangers.
        Request = "request",
        /// Customers' messages and colleagues' replies in threads in which one works.
        Team = "team",
        /// Notes in them.
        Note = "note",
        /// Threads that somebody gave one.
        Assigned = "assigned",
    }
}

choice! {
    /// When a mail is sent.
    MailPace {
        /// Soon: with what comes within the joining delay.
        Soon = "soon",
        /// With everything else of the day, in the morning.
        Daily = "daily",
        /// Never.
        Never = "never",
    }
}

impl NoticeKind {
    /// Whether it is told to the team alone.
    pub const fn is_teams(self) -> bool {
        matches!(self, Self::Team | Self::Note | Self::Assigned)
    }

    /// Whether it counts for a badge that can be switched off: the team's badge counts work to do,
    /// whoever is told.
    pub const fn has_badge(self) -> bool {
        matches!(self, Self::Support | Self::Direct)
    }
}

/// Somebody's choices. What they have not chosen is told soon, and counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Notices {
    /// What is mailed otherwise than soon.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    mails: Vec<(NoticeKind, MailPace)>,
    /// What does not count for the badge.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    silent: Vec<NoticeKind>,
    /// For how many seconds a reply can be taken back.
    #[serde(skip_serializing_if = "Option::is_none")]
    undo_s: Option<i64>,
}

impl Notices {
    /// When something of this kind is mailed.
    pub fn mail(&self, kind: NoticeKind) -> MailPace {
        let chosen = self.mails.iter().find(|(of, _)| *of == kind);
        chosen.map_or(MailPace::Soon, |(_, pace)| *pace)
    }

    /// Whether something of this kind counts for the badge.
    pub fn counts(&self, kind: NoticeKind) -> bool {
        !self.silent.contains(&kind)
    }

    /// With another choice of when something is mailed.
    #[must_use]
    pub fn mailing(mut self, kind: NoticeKind, pace: MailPace) -> Self {
        self.mails.retain(|(of, _)| *of != kind);
        if pace != MailPace::Soon {
            self.mails.push((kind, pace));
        }
        self
    }

    /// For how many seconds a reply of theirs can be taken back, if they have chosen.
    pub fn undo_s(&self) -> Option<i64> {
        self.undo_s
            .filter(|seconds| UNDO_CHOICES_S.contains(seconds))
    }

    /// With another choice of that; none is as the house has it.
    #[must_use]
    pub const fn undoing(mut self, seconds: Option<i64>) -> Self {
        self.undo_s = seconds;
        self
    }

    /// With another choice of whether something counts.
    #[must_use]
    pub fn counting(mut self, kind: NoticeKind, counts: bool) -> Self {
        self.silent.retain(|of| *of != kind);
        if !counts && kind.has_badge() {
            self.silent.push(kind);
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_chose_is_told_soon_and_counts() {
        let none: Notices = serde_json::from_str("{}").unwrap();
        for kind in NoticeKind::ALL {
            assert_eq!(none.mail(*kind), MailPace::Soon);
            assert!(none.counts(*kind));
        }
        let some = none
            .clone()
            .mailing(NoticeKind::Direct, MailPace::Daily)
            .counting(NoticeKind::Direct, false)
            .counting(NoticeKind::Team, false);
        let kept: Notices = serde_json::from_str(&serde_json::to_string(&some).unwrap()).unwrap();
        assert_eq!(kept, some);
        assert_eq!(kept.mail(NoticeKind::Direct), MailPace::Daily);
        assert!(!kept.counts(NoticeKind::Direct));
        assert!(kept.counts(NoticeKind::Team), "work to do always counts");
        let quick = kept.clone().undoing(Some(20));
        let read: Notices = serde_json::from_str(&serde_json::to_string(&quick).unwrap()).unwrap();
        assert_eq!((read.undo_s(), kept.undo_s()), (Some(20), None));
        assert_eq!(
            kept.clone().undoing(Some(7)).undo_s(),
            None,
            "no choice of the list"
        );
        let back = kept
            .mailing(NoticeKind::Direct, MailPace::Soon)
            .counting(NoticeKind::Direct, true);
        assert_eq!(back, none);
    }
}
