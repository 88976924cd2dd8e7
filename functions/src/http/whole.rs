//! Whole numbers in bodies.

use serde::{Deserialize, Deserializer, de};
use serde_json::Number;

/// From here on not every whole number has a spelling of its own as a JSON number.
const EXACT_MAX: f64 = 9_007_199_254_740_992.0;

/// A whole number from 0 on, however it is spelled: JSON has one kind of number, and some languages write 40 as `40.0`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Whole(pub u64);

impl<'de> Deserialize<'de> for Whole {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        whole(&Number::deserialize(deserializer)?).map(Self).ok_or_else(|| de::Error::custom("not a whole number"))
    }
}

/// The number, if it is a whole one from 0 on.
#[must_use]
pub fn whole(number: &Number) -> Option<u64> {
    let spelled_with_a_point = || {
        let value = number.as_f64().filter(|value| value.fract() == 0.0 && (0.0..=EXACT_MAX).contains(value))?;
        Some(value as u64)
    };
    number.as_u64().or_else(spelled_with_a_point)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_number_may_be_spelled_with_a_point() {
        let read = |text: &str| serde_json::from_str::<Whole>(text).ok().map(|Whole(number)| number);
        for (text, number) in
            [("0", 0), ("40", 40), ("40.0", 40), ("4e1", 40), ("-0.0", 0), ("9007199254740992.0", 1 << 53)]
        {
            assert_eq!(read(text), Some(number), "{text}");
        }
        assert_eq!(read("18446744073709551615"), Some(u64::MAX));
        for text in ["-1", "-1.0", "0.5", "1e300", "18446744073709551616", "\"40\"", "null", "true"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
