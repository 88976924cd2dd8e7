//! What a link asks people beside name and address, and what they answer.

use std::{collections::BTreeMap, fmt};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::{Number, Value};

use super::{ShortText, TextError, Title};

/// The extra fields one link may have.
pub const MAX_EXTRA_FIELDS: usize = 10;
/// The options one choice may have.
pub const MAX_OPTIONS: usize = 30;
/// The questions that one link may have asked and asks no more; keeps the link within one item.
pub const MAX_PAST_FIELDS: usize = 100;
/// The longest key, in characters.
pub const FIELD_KEY_MAX: usize = 40;
/// How large a number's absolute value may be: every whole number up to it has one spelling as a JSON number.
const NUMBER_MAX: f64 = 1e15;
/// How small the absolute value of a number may be that is not zero: DynamoDB takes none that is smaller.
const NUMBER_MIN: f64 = 1e-130;

/// The name of an extra field in the API: 1–40 of `a`–`z`, `0`–`9` and `_`, beginning with a letter. It stays while its label
/// changes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FieldKey(String);

/// A text that is no key of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must have 1 to {FIELD_KEY_MAX} characters (a-z, 0-9 and _) and start with a letter")]
pub struct InvalidFieldKey;

impl FieldKey {
    /// Reads a key.
    ///
    /// # Errors
    /// [`InvalidFieldKey`] for every other text.
    pub fn parse(text: &str) -> Result<Self, InvalidFieldKey> {
        let good = text.len() <= FIELD_KEY_MAX
            && text.starts_with(|c: char| c.is_ascii_lowercase())
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        if good { Ok(Self(text.to_owned())) } else { Err(InvalidFieldKey) }
    }

    /// The key.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for FieldKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for FieldKey {
    type Error = InvalidFieldKey;
    fn try_from(text: String) -> Result<Self, InvalidFieldKey> {
        Self::parse(&text)
    }
}

impl From<FieldKey> for String {
    fn from(key: FieldKey) -> Self {
        key.0
    }
}

/// What kind of answer a field takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum FieldKind {
    /// One line of text.
    Text,
    /// One of these, 2 to [`MAX_OPTIONS`], each different.
    Choice {
        /// The options, in the order in which they are shown.
        options: Vec<Title>,
    },
    /// A number.
    Number,
    /// A date, `2026-12-01`.
    Date,
}

/// One thing a link asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExtraField {
    /// Its name in the API.
    pub key: FieldKey,
    /// What people read beside it.
    pub label: Title,
    /// What kind of answer it takes.
    #[serde(flatten)]
    pub kind: FieldKind,
    /// Whether it must be answered.
    pub required: bool,
}

/// A question that is asked no more: what the answers to it stand under in a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastField {
    /// Its name in the API.
    pub key: FieldKey,
    /// What people read beside it.
    pub label: Title,
}

/// The questions that a link asked before it asked `after`: those of `past`, and those of `before` that it asks no more.
#[must_use]
pub fn past_fields(past: &[PastField], before: &[ExtraField], after: &[ExtraField]) -> Vec<PastField> {
    let asked = |key: &FieldKey| after.iter().any(|field| field.key == *key);
    let mut all: Vec<_> = past.iter().filter(|field| !asked(&field.key)).cloned().collect();
    for field in before.iter().filter(|field| !asked(&field.key)) {
        all.retain(|other| other.key != field.key);
        all.push(PastField { key: field.key.clone(), label: field.label.clone() });
    }
    all
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Answer {
    /// A number.
    Number(Number),
    /// A text, the option chosen, or a date.
    Text(String),
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Text(text) => f.write_str(text),
        }
    }
}

impl Eq for Answer {}

/// Answers by the keys of their fields.
pub type Answers = BTreeMap<FieldKey, Answer>;

/// Why an answer is refused. The messages are meant for the person who typed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AnswerRefused {
    /// It must be there.
    #[error("is required")]
    Missing,
    /// The link asks no such thing.
    #[error("is not a question of this link")]
    NotAsked,
    /// Not one line of text.
    #[error("must be one line of text with at most {max} characters", max = super::SHORT_TEXT_MAX)]
    Text,
    /// A text with a character that does not show, or one too long.
    #[error(transparent)]
    NoText(#[from] TextError),
    /// None of the options.
    #[error("must be one of the options")]
    Choice,
    /// No number.
    #[error("must be a number")]
    Number,
    /// A number that is not kept: too large to be exact, or too close to zero for the table.
    #[error("must be 0, or a positive or negative number from 1e-130 to 1e15")]
    Range,
    /// No date.
    #[error("must be a date such as 2026-12-01")]
    Date,
}

impl ExtraField {
    /// Takes an answer to it; `None` for one that is left out, an empty text included.
    ///
    /// # Errors
    /// [`AnswerRefused`] says which rule it breaks.
    pub fn take(&self, value: Option<&Value>) -> Result<Option<Answer>, AnswerRefused> {
        let empty = |text: &str| text.trim().is_empty();
        let given = value.filter(|value| !value.is_null() && !value.as_str().is_some_and(empty));
        let Some(value) = given else {
            return if self.required { Err(AnswerRefused::Missing) } else { Ok(None) };
        };
        let text = |refusal| value.as_str().ok_or(refusal);
        let answer = match &self.kind {
            FieldKind::Text => {
                let text = text(AnswerRefused::Text)?;
                Answer::Text(ShortText::parse(text)?.to_string())
            }
            FieldKind::Choice { options } => {
                let text = text(AnswerRefused::Choice)?;
                let chosen = options.iter().find(|option| option.as_str() == text).ok_or(AnswerRefused::Choice)?;
                Answer::Text(chosen.to_string())
            }
            FieldKind::Number => Answer::Number(kept(value.as_number().ok_or(AnswerRefused::Number)?)?),
            FieldKind::Date => {
                let day = NaiveDate::parse_from_str(text(AnswerRefused::Date)?, "%Y-%m-%d");
                let day = day.ok().filter(|day| (1900..=2200).contains(&chrono::Datelike::year(day)));
                Answer::Text(day.ok_or(AnswerRefused::Date)?.format("%Y-%m-%d").to_string())
            }
        };
        Ok(Some(answer))
    }
}

/// The number as it is kept, if the table can hold it. It has 17 digits at most, as JSON numbers are read here; DynamoDB holds 38.
fn kept(number: &Number) -> Result<Number, AnswerRefused> {
    match number.as_f64().map(f64::abs) {
        // Zero has one spelling: without a minus.
        Some(0.0) => Ok(Number::from(0)),
        Some(size) if (NUMBER_MIN..=NUMBER_MAX).contains(&size) => Ok(number.clone()),
        _ => Err(AnswerRefused::Range),
    }
}

/// Takes the answers to `fields`.
///
/// # Errors
/// Every refusal, by the key it was sent under.
pub fn take_answers(
    fields: &[ExtraField],
    sent: &BTreeMap<String, Value>,
) -> Result<Answers, BTreeMap<String, AnswerRefused>> {
    let mut answers = Answers::new();
    let asked = |key: &String| fields.iter().any(|field| field.key.as_str() == key);
    // What was not asked for is named by its place alone: a key may be any text.
    let unasked = sent.keys().any(|key| !asked(key));
    let mut refused: BTreeMap<_, _> =
        unasked.then(|| (String::from("answers"), AnswerRefused::NotAsked)).into_iter().collect();
    for field in fields {
        match field.take(sent.get(field.key.as_str())) {
            Ok(answer) => answers.extend(answer.map(|answer| (field.key.clone(), answer))),
            Err(refusal) => drop(refused.insert(format!("answers.{}", field.key), refusal)),
        }
    }
    if refused.is_empty() { Ok(answers) } else { Err(refused) }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn field(kind: FieldKind) -> ExtraField {
        let key = FieldKey::parse("size").unwrap();
        ExtraField { key, label: Title::parse("Size").unwrap(), kind, required: false }
    }

    #[test]
    fn each_kind_takes_its_own_answers() {
        let options = ["S", "M"].map(|option| Title::parse(option).unwrap()).to_vec();
        let choice = field(FieldKind::Choice { options });
        let (text, number, date) = (field(FieldKind::Text), field(FieldKind::Number), field(FieldKind::Date));
        for (field, good, bad) in [
            (&text, json!(" A1 "), json!("a\nb")),
            (&text, json!("x"), json!(3)),
            (&choice, json!("M"), json!("m")),
            (&number, json!(42.5), json!("42")),
            (&number, json!(-3), json!(1e300)),
            (&date, json!("2026-02-28"), json!("2026-02-30")),
            (&date, json!("2026-12-01"), json!("0001-01-01")),
        ] {
            assert!(field.take(Some(&good)).unwrap().is_some(), "{good}");
            assert!(field.take(Some(&bad)).is_err(), "{bad}");
        }
        assert_eq!(text.take(Some(&json!(" "))), Ok(None));
    }

    #[test]
    fn a_number_is_one_that_the_table_can_hold() {
        let number = field(FieldKind::Number);
        let take = |text: &str| number.take(Some(&serde_json::from_str(text).unwrap()));
        for text in ["0", "-0.0", "0e5", "1e-130", "-1e-130", "1e15", "-1000000000000000", "0.1", "12345678.000000001"]
        {
            let Ok(Some(answer)) = take(text) else { panic!("{text} is refused") };
            let attribute: aws_sdk_dynamodb::types::AttributeValue = serde_dynamo::to_attribute_value(&answer).unwrap();
            let digits = attribute.as_n().unwrap().trim_start_matches(['-', '0', '.']).len();
            assert!(digits <= 38, "{text}: {attribute:?}");
            let Ok(Answer::Number(read)) = serde_dynamo::from_attribute_value(attribute) else {
                panic!("{text} is lost")
            };
            assert_eq!(read.as_f64(), text.parse().ok(), "{text}");
        }
        assert_eq!(take("-0.0"), Ok(Some(Answer::Number(0.into()))));
        for text in ["5e-324", "-1e-131", "9.9e-131", "1.1e15", "1e126", "-1e300", "18446744073709551615"] {
            assert_eq!(take(text), Err(AnswerRefused::Range), "{text}");
        }
        assert_eq!(number.take(Some(&json!("1e3"))), Err(AnswerRefused::Number));
    }

    #[test]
    fn what_is_required_must_be_there_and_what_is_not_asked_must_not() {
        let asked = ExtraField { required: true, ..field(FieldKind::Text) };
        let take = |sent: Value| take_answers(std::slice::from_ref(&asked), &serde_json::from_value(sent).unwrap());
        assert_eq!(take(json!({})).unwrap_err(), [("answers.size".to_owned(), AnswerRefused::Missing)].into());
        let refused = take(json!({"size": "M", "<b>": 1})).unwrap_err();
        assert_eq!(refused, [("answers".to_owned(), AnswerRefused::NotAsked)].into());
        assert_eq!(take(json!({"size": "M"})).unwrap().len(), 1);
    }

    #[test]
    fn a_link_knows_what_it_asked_before() {
        let asked = |key: &str, label: &str| ExtraField {
            key: FieldKey::parse(key).unwrap(),
            label: Title::parse(label).unwrap(),
            ..field(FieldKind::Text)
        };
        let (size, trade, renamed) = (asked("size", "Size"), asked("trade", "Trade"), asked("size", "Shoe size"));
        let keys = |fields: &[PastField]| fields.iter().map(|field| field.label.to_string()).collect::<Vec<_>>();
        let (size, trade, renamed) = ([size], [trade], [renamed]);
        let first = past_fields(&[], &[size.clone(), trade.clone()].concat(), &trade);
        assert_eq!(keys(&first), ["Size"]);
        assert_eq!(keys(&past_fields(&first, &trade, &renamed)), ["Trade"]);
        let last = past_fields(&past_fields(&first, &trade, &[]), &renamed, &[]);
        assert_eq!(keys(&last), ["Trade", "Shoe size"], "each once, as it was last called");
    }

    #[test]
    fn answers_are_read_back_from_the_table_as_they_were() {
        let answers: Answers = [("a", Answer::Number(3.into())), ("b", Answer::Text("3".to_owned()))]
            .map(|(key, answer)| (FieldKey::parse(key).unwrap(), answer))
            .into();
        let attribute: aws_sdk_dynamodb::types::AttributeValue = serde_dynamo::to_attribute_value(&answers).unwrap();
        assert_eq!(serde_dynamo::from_attribute_value::<_, Answers>(attribute).unwrap(), answers);
    }

    #[test]
    fn a_key_is_a_plain_word() {
        assert!(FieldKey::parse("shoe_size2").is_ok());
        for bad in ["", "2x", "_x", "Size", "a-b", "ä", &"x".repeat(41)] {
            assert_eq!(FieldKey::parse(bad), Err(InvalidFieldKey), "{bad:?}");
        }
    }
}
