//! The words about embedding in English.

use super::{EmbedWords, FrameWords};

pub(super) static WORDS: EmbedWords = EmbedWords {
    lead: "A site of yours can show conversations in its own pages: as a bubble in the corner, or as a \
           form in the text.",
    sites: "Sites that may show them",
    no_site: "None so far: no page of another site can show a conversation.",
    to_sites: "Change this in the settings",
    bubble: "The bubble and the form",
    bubble_lead: "Copy this line into the pages of your site. Until somebody opens the bubble, it loads \
                  nothing else.",
    bubble_label: "HTML of the bubble",
    form_lead: "For a contact form in the page, add this where it should stand. It needs no listing of \
                the site. With data-bubble=\"off\" in the line above, there is the form alone.",
    form_label: "HTML of the form",
    keys: "Visitors who are signed in at your site",
    keys_lead: "With a key, your site’s server vouches for its visitors: they get conversations of their \
                own and need no address. Whoever has the secret can vouch for anybody; it belongs on the \
                server and never into a page.",
    no_key: "There is no key.",
    key_id: "Key id",
    made: "The new secret",
    made_hint: "Copy both now: the secret is not shown again.",
    made_at: "Made",
    secret_at: "secret of",
    used: "last used",
    never_used: "never used",
    revoked: "Revoked",
    renew: "New secret",
    renew_of: |name| format!("New secret for {name}"),
    revoke: "Revoke",
    revoke_of: |name| format!("Revoke {name}"),
    new: "New key",
    name: "Name",
    name_hint: "For which site it is. Visitors are known by their key: for a fresh secret of the same \
                site renew the key that it has.",
    make: "Make the key",
    help: "Your server signs a JSON Web Token (HS256) with the claims sub (your own name for the \
           visitor), iat, exp (at most 10 minutes later) and, as you like, name, email and aud; the key \
           id goes into the header kid.",
    done_revoked: "Revoked: it vouches for nobody from now on.",
    vouched_by: "Vouched for by the site",
    known_as: "Known there as",
    claimed: "Address, as the site says",
    frame: FrameWords {
        title: "Write to us",
        home: "Your conversations",
        back: "Back",
        close: "Close",
        new: "New conversation",
        none: "You have no conversation yet.",
        unread: "unread",
        team: "Our team",
        is_typing: "is typing…",
        closed_it: "closed the conversation",
        reopened_it: "opened the conversation again",
        files: "Files",
        ended: "This window may no longer open the conversation. The link in your mail still does.",
        off: "New conversations cannot be started here just now.",
        invalid: "Please check what you typed.",
        too_many: "That was a lot at once. Please try again in a few minutes.",
        failed: "That did not work. Your text is still there; please try again.",
        no_script: "This window needs JavaScript.",
    },
};
