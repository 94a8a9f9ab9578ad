//! Log-in: a plain form.

use leptos::prelude::*;
use pigeon_wire::Fault;
use pigeon_wire::fault::Field as Name;
use pigeon_wire::text::{EMAIL_CHARS_MAX, PASSWORD_CHARS_MAX};

use super::form::refusal;
use super::outside::{Outside, door};
use crate::part::boxed::Boxed;
use crate::part::field::{Field, problem_of};
use crate::words::door::words;

/// The log-in page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Login {
    /// The address typed so far.
    pub email: String,
    /// Where to go afterwards.
    pub next: String,
    /// Whether anybody may make an account.
    pub open: bool,
    /// Why it was refused, if it was.
    pub fault: Option<Fault>,
    /// The page's own address.
    pub here: String,
}

impl Outside for Login {
    fn title(&self) -> &'static str {
        words().login_title
    }

    fn view(&self, site: &str) -> AnyView {
        let words = words();
        let problem = |name| problem_of(self.fault.as_ref(), name);
        let [email_problem, password_problem] = [Name::Email, Name::Password].map(problem);
        let register = self
            .open
            .then(|| view! { <p><a href="/register">{words.register}</a></p> });
        let body = view! {
            {refusal(self.fault.as_ref(), &[])}
            <form method="post" action="/login">
                <input type="hidden" name="next" value=self.next.clone() />
                <Field
                    name=Name::Email
                    label=words.email
                    value=self.email.clone()
                    problem=email_problem
                    max=EMAIL_CHARS_MAX
                    kind="email"
                    autocomplete="username"
                />
                <Field
                    name=Name::Password
                    label=words.password
                    value=String::new()
                    problem=password_problem
                    max=PASSWORD_CHARS_MAX
                    kind="password"
                    autocomplete="current-password"
                />
                <button class="btn primary" type="submit">{words.log_in}</button>
            </form>
            <p><a href="/reset">{words.forgotten}</a></p>
            {register}
        };
        door(&self.here, (words.login_heading)(site), body.boxed())
    }
}
