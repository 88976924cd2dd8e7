//! What our mails say: a folder of templates for each kind, with a subject, a text and a page.
//!
//! Nothing a stranger typed goes into a mail to an address nobody has proven: no name of a member, no text of a link.
//! Otherwise a registration form would send anybody's words to anybody, in our name.

use askama::Template;
use chrono::TimeDelta;

use crate::{
    config::Config,
    domain::{EmailAddress, LoginToken, MailId, MailKind, Title},
};

/// A message ready to send. It holds a login token: neither store nor log it, and it has no `Debug` for that reason.
pub struct Letter {
    /// The stored address of the member it is for, never one just submitted.
    pub to: EmailAddress,
    /// One line.
    pub subject: String,
    /// The text every client can show.
    pub text: String,
    /// The same, as a page.
    pub html: String,
    /// Names and values SES reports events under: ASCII letters, digits, `_` and `-`.
    pub tags: Vec<(&'static str, String)>,
}

/// A message could not be written. Only a fault in a template can cause it.
#[derive(Debug, thiserror::Error)]
#[error("could not write the mail")]
pub struct LetterError(#[from] askama::Error);

/// What a letter is made of.
pub struct LetterParts<'a> {
    /// The mail it is the message of.
    pub mail: MailId,
    /// Why it is written.
    pub kind: MailKind,
    /// The stored address of the member.
    pub to: &'a EmailAddress,
    /// The display name of the organization.
    pub organization: &'a Title,
    /// The token just minted for it.
    pub token: &'a LoginToken,
}

/// The page a login link opens. A person's click there spends the token; opening the page does not.
#[must_use]
pub fn login_url(config: &Config, token: &LoginToken) -> String {
    format!("{}/sign-in?t={}", config.base_url, token.reveal())
}

/// How long the token in a mail of this kind is good for.
#[must_use]
pub fn token_life(config: &Config, kind: MailKind) -> TimeDelta {
    if kind.was_asked_for() { config.login_token_life } else { config.grant_token_life }
}

impl Letter {
    /// Writes the letter.
    ///
    /// # Errors
    /// [`LetterError`] if a template fails.
    pub fn write(config: &Config, parts: &LetterParts<'_>) -> Result<Self, LetterError> {
        let words = Words {
            organization: parts.organization.as_str(),
            url: login_url(config, parts.token),
            good_for: spoken(token_life(config, parts.kind)),
            base_url: config.base_url.as_str(),
            support_contact: config.support_contact.as_deref(),
        };
        let (name, [subject, text, html]) = match parts.kind {
            MailKind::Registration => ("registration", registration(&words)?),
            MailKind::Login => ("login", login(&words)?),
            MailKind::Grant => ("grant", grant(&words)?),
            MailKind::FirstAdmin => ("first_admin", first_admin(&words)?),
        };
        // A name has no line breaks, but a subject with one would be a header of its own: not left to chance.
        let subject = subject.trim().replace(char::is_control, " ");
        let tags = vec![("kind", name.to_owned()), ("mail", parts.mail.to_string())];
        Ok(Self { to: parts.to.clone(), subject, text, html, tags })
    }
}

/// What the templates may say.
struct Words<'a> {
    organization: &'a str,
    url: String,
    good_for: String,
    base_url: &'a str,
    support_contact: Option<&'a str>,
}

/// The three templates in the folder of one kind. (askama takes literal paths only.)
macro_rules! folder {
    ($function:ident, $subject:literal, $text:literal, $html:literal) => {
        fn $function(words: &Words<'_>) -> askama::Result<[String; 3]> {
            #[derive(Template)]
            #[template(path = $subject, escape = "none")]
            struct Subject<'a> {
                organization: &'a str,
            }
            #[derive(Template)]
            #[template(path = $text)]
            struct Text<'a> {
                organization: &'a str,
                url: &'a str,
                good_for: &'a str,
                base_url: &'a str,
                support_contact: Option<&'a str>,
            }
            #[derive(Template)]
            #[template(path = $html)]
            struct Html<'a> {
                organization: &'a str,
                url: &'a str,
                good_for: &'a str,
                base_url: &'a str,
                support_contact: Option<&'a str>,
            }
            let Words { organization, url, good_for, base_url, support_contact } = words;
            let support_contact = *support_contact;
            Ok([
                Subject { organization }.render()?,
                Text { organization, url, good_for, base_url, support_contact }.render()?,
                Html { organization, url, good_for, base_url, support_contact }.render()?,
            ])
        }
    };
}
folder!(registration, "mail/registration/subject", "mail/registration/body.txt", "mail/registration/body.html");
folder!(login, "mail/login/subject", "mail/login/body.txt", "mail/login/body.html");
folder!(grant, "mail/grant/subject", "mail/grant/body.txt", "mail/grant/body.html");
folder!(first_admin, "mail/first_admin/subject", "mail/first_admin/body.txt", "mail/first_admin/body.html");

/// A time as people say it.
fn spoken(life: TimeDelta) -> String {
    let (count, unit) = match life.num_minutes() {
        minutes if minutes >= 60 && minutes % 60 == 0 => (minutes / 60, "hour"),
        minutes => (minutes, "minute"),
    };
    format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    struct Sevens;

    impl Random for Sevens {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(7);
        }
    }

    fn letter(kind: MailKind, organization: &str, support: Option<&str>) -> Letter {
        let mut config = Config::new("access-links", "https://join.example.com", "training@example.com").unwrap();
        config.support_contact = support.map(str::to_owned);
        let parts = LetterParts {
            mail: MailId::generate(&Sevens),
            kind,
            to: &EmailAddress::parse("Ana@example.com").unwrap(),
            organization: &Title::parse(organization).unwrap(),
            token: &LoginToken::generate(&Sevens),
        };
        Letter::write(&config, &parts).unwrap()
    }

    fn shown(letter: &Letter) -> String {
        let Letter { to, subject, text, html, tags } = letter;
        format!("To: {}\nTags: {tags:?}\nSubject: {subject}\n\n{text}\n\n{html}", to.deliverable())
    }

    #[test]
    fn a_registration_asks_to_confirm_the_address() {
        insta::assert_snapshot!(shown(&letter(MailKind::Registration, "Acme Welding", Some("+49 30 901820"))));
    }

    #[test]
    fn a_login_link_comes_as_asked_for() {
        insta::assert_snapshot!(shown(&letter(MailKind::Login, "Acme Welding", None)));
    }

    #[test]
    fn a_grant_says_who_gave_access() {
        insta::assert_snapshot!(shown(&letter(MailKind::Grant, "Acme Welding", Some("help@acme.example"))));
    }

    #[test]
    fn the_first_admin_is_told_what_to_do() {
        insta::assert_snapshot!(shown(&letter(MailKind::FirstAdmin, "Acme Welding", None)));
    }

    #[test]
    fn a_hostile_organization_name_stays_text() {
        let name = r#"<script>alert(1)</script> & "Söhne" {{ url }} --></title>"#;
        insta::assert_snapshot!(shown(&letter(MailKind::Grant, name, Some("<b>call</b>"))));
    }

    #[test]
    fn every_letter_reads_without_anything_from_elsewhere() {
        for kind in [MailKind::Registration, MailKind::Login, MailKind::Grant, MailKind::FirstAdmin] {
            let Letter { subject, text, html, .. } = letter(kind, "Acme", None);
            assert!(!subject.contains('\n') && !subject.is_empty());
            assert!(text.lines().all(|line| line.chars().count() <= 78), "{text}");
            assert!(
                text.lines().any(
                    |line| line == "https://join.example.com/sign-in?t=BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc"
                )
            );
            let elsewhere = ["src=", "url(", "<link", "<script", "<img", "http://", "{{", "@import"];
            assert!(elsewhere.iter().all(|word| !html.contains(word)), "{html}");
            let starts = html.matches("https://").count();
            assert_eq!(starts, html.matches("https://join.example.com/sign-in").count());
        }
    }

    #[test]
    fn times_are_spoken_as_people_do() {
        let spoken = |minutes| spoken(TimeDelta::minutes(minutes));
        assert_eq!(
            [spoken(1), spoken(15), spoken(60), spoken(90), spoken(1_440)],
            ["1 minute", "15 minutes", "1 hour", "90 minutes", "24 hours"]
        );
    }
}
