//! Dates, and the ways in which documents write them.

use crate::document::folded;

/// A day of the Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// 1 to 9999.
    pub year: u16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to the length of the month.
    pub day: u8,
}

/// A way to write dates, given by an example: `2025-11-26`, `2025/11/26`, `2025年11月26日`, `26.11.2025`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateFormat {
    /// The example.
    pub example: String,
    /// Whether the year comes last, behind day and month.
    day_first: bool,
    /// Whether month and day always have two digits; `None` where the example has two that need them, and either will do.
    padded: Option<bool>,
    /// What stands between the numbers, and behind the last.
    marks: [String; 3],
}

impl Date {
    /// A date that exists.
    fn new(year: u64, month: u64, day: u64) -> Option<Self> {
        let leap = (year.is_multiple_of(4) && !year.is_multiple_of(100)) || year.is_multiple_of(400);
        let length = match month {
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            1..=12 => 31,
            _ => return None,
        };
        let fits = (1..=9999).contains(&year) && (1..=length).contains(&day);
        let narrow = |n: u64| u8::try_from(n).ok();
        fits.then_some(Self { year: u16::try_from(year).ok()?, month: narrow(month)?, day: narrow(day)? })
    }

    /// A date in any way that can be read in one way only: year, month, day with the same mark between them or with
    /// 年 月 日, or day, month, year with the same mark, or month, day, year with slashes, where the day can be no month.
    /// `None` for anything else, `Some(None)` for a day that does not exist.
    pub fn read(text: &str) -> Option<Option<Self>> {
        let (numbers, marks) = parts(text)?;
        let marks = marks.map(|mark| folded(mark.trim()));
        let known = match [&*marks[0], &*marks[1], &*marks[2]] {
            ["年", "月", "日" | "号"] | ["년", "월", "일"] => true,
            [a, b, ""] => a == b && matches!(a, "-" | "/" | "."),
            _ => false,
        };
        let [first, second, last] = numbers;
        let is_year_last = marks[2].is_empty() && last.1 == 4 && first.1 == 2 && second.1 <= 2;
        let is_month_first = marks[2].is_empty() && marks[0] == "/" && last.1 == 4 && second.1 == 2;
        match first {
            _ if !known => None,
            (year, 4) => Some(Self::new(year, second.0, last.0)),
            (day @ 13..=31, _) if is_year_last && second.0 <= 12 => Some(Self::new(last.0, second.0, day)),
            (month @ 1..=12, 1..=2) if is_month_first && second.0 > 12 => Some(Self::new(last.0, month, second.0)),
            _ => None,
        }
    }

    /// Whether a text may be two dates: the year comes last, and what comes first may be the day or the month.
    pub fn may_be_two(text: &str) -> bool {
        let Some(([first, second, year], [a, b, end])) = parts(text) else { return false };
        let is_date = a == b && matches!(&*a, "-" | "/" | ".") && end.is_empty() && year.1 == 4;
        let is_month = |number: u64| (1..=12).contains(&number);
        is_date && is_month(first.0) && is_month(second.0) && first.0 != second.0
    }

    /// The date that a file name begins with: `2025-11-26-notes`, `20251126 notes`.
    pub fn at_start(name: &str) -> Option<Self> {
        let digits = name.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 8 {
            let number = |range: std::ops::Range<usize>| name[range].parse().ok();
            return Self::new(number(0..4)?, number(4..6)?, number(6..8)?);
        }
        // Whatever follows the third number: more numbers may.
        let is_end = |at: &usize| !name[*at..].starts_with(|c: char| c.is_ascii_digit());
        let ends = name.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(at, _)| at + 1).filter(is_end);
        let end = ends.clone().nth(2)?;
        let mark = if name[end..].starts_with(['日', '号']) { '日'.len_utf8() } else { 0 };
        Self::read(&name[..end + mark]).flatten()
    }

    /// As ISO 8601 writes it.
    pub fn iso(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// The three numbers of a text, each with its count of digits, and what stands between them and behind the last.
type Parts = ([(u64, usize); 3], [String; 3]);

fn parts(text: &str) -> Option<Parts> {
    // Full-width digits are digits.
    let digit = |c: char| c.to_digit(10).or_else(|| u32::from(c).checked_sub(0xFF10).filter(|digit| *digit < 10));
    let text = text.trim();
    if text.len() > 64 || !text.starts_with(|c| digit(c).is_some()) {
        return None;
    }
    let mut numbers: Vec<(u64, usize)> = Vec::new();
    let mut marks: Vec<String> = Vec::new();
    for c in text.chars() {
        match (digit(c), marks.last_mut()) {
            (Some(digit), Some(mark)) if mark.is_empty() => {
                let (number, digits) = numbers.last_mut()?;
                *number = number.checked_mul(10)? + u64::from(digit);
                *digits += 1;
            }
            (Some(digit), _) => {
                numbers.push((u64::from(digit), 1));
                marks.push(String::new());
            }
            (None, mark) => mark?.push(c),
        }
    }
    Some((numbers.try_into().ok()?, marks.try_into().ok()?))
}

impl Default for DateFormat {
    /// ISO 8601.
    fn default() -> Self {
        let marks = ["-".to_owned(), "-".to_owned(), String::new()];
        Self { example: "2025-11-26".to_owned(), day_first: false, padded: Some(true), marks }
    }
}

impl DateFormat {
    /// The way an example is written. The year has four digits; where it comes last, the day stands first, and is above
    /// 12 in the example so that nobody takes it for a month. A month or a day below 10 in the example says whether there
    /// are zeros before such numbers; without one there are, but beside 年 月 日 either will do.
    pub fn parse(example: &str) -> Option<Self> {
        let (numbers, marks) = parts(example)?;
        let day_first = numbers[2].1 == 4 && numbers[0].0 > 12;
        (numbers[0].1 == 4 || day_first).then_some(())?;
        let short = if day_first { [numbers[0], numbers[1]] } else { [numbers[1], numbers[2]] };
        let padded = match short {
            _ if short.iter().any(|(_, digits)| *digits == 1) => Some(false),
            _ if marks[0].is_ascii() || short.iter().any(|(number, _)| *number < 10) => Some(true),
            _ => None,
        };
        let format = Self { example: example.trim().to_owned(), day_first, padded, marks };
        let date = format.read(example).flatten()?;
        format.writes(date, example).then_some(format)
    }

    /// A date that is written nearly so: width of characters and zeros before numbers aside; `Some(None)` for a day that
    /// does not exist.
    pub fn read(&self, text: &str) -> Option<Option<Date>> {
        let (numbers, marks) = parts(text)?;
        let [a, b, c] = numbers;
        let year = if self.day_first { c } else { a };
        let is_alike = marks.iter().zip(&self.marks).all(|(mark, own)| folded(mark) == folded(own));
        if !is_alike || year.1 != 4 || b.1 > 2 || (if self.day_first { a } else { c }).1 > 2 {
            return None;
        }
        Some(if self.day_first { Date::new(c.0, b.0, a.0) } else { Date::new(a.0, b.0, c.0) })
    }

    /// Whether a text is the date, written exactly so.
    pub fn writes(&self, date: Date, text: &str) -> bool {
        let ways = self.padded.map_or(vec![true, false], |padded| vec![padded]);
        ways.into_iter().any(|padded| self.written(date, padded) == text.trim())
    }

    /// A date written so; where either will do, without zeros before numbers.
    pub fn print(&self, date: Date) -> String {
        self.written(date, self.padded.unwrap_or_default())
    }

    fn written(&self, date: Date, padded: bool) -> String {
        let [first, second, last] = &self.marks;
        let short = |n: u8| if padded { format!("{n:02}") } else { n.to_string() };
        if self.day_first {
            format!("{}{first}{}{second}{:04}{last}", short(date.day), short(date.month), date.year)
        } else {
            format!("{:04}{first}{}{second}{}{last}", date.year, short(date.month), short(date.day))
        }
    }
}

/// Whether a text is a point in time as ISO 8601 writes it, the date and the time set apart by `T` or a blank.
pub(super) fn is_date_time(text: &str) -> bool {
    let Some((date, time)) = text.split_once(['T', 't', ' ']) else { return false };
    let iso = DateFormat::default();
    let iso = iso.read(date).flatten().is_some_and(|day| iso.writes(day, date));
    let time = time.trim_start();
    let zone = time.find(['Z', 'z', '+', '-', ' ']).unwrap_or(time.len());
    let (clock, zone) = time.split_at(zone);
    let (clock, fraction) = clock.split_once('.').map_or((clock, None), |(clock, fraction)| (clock, Some(fraction)));
    let clock: Vec<&str> = clock.split(':').collect();
    let is_clock = match (&clock[..], fraction) {
        ([hour, minute], None) => is_below(hour, 24) && is_below(minute, 60),
        // A leap second is one as well.
        ([hour, minute, second], fraction) => {
            let is_fraction = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
            is_below(hour, 24) && is_below(minute, 60) && is_below(second, 61) && fraction.is_none_or(is_fraction)
        }
        _ => false,
    };
    iso && is_clock && is_zone(zone.trim())
}

/// Whether a text is a number of one or two digits that is less than another.
fn is_below(text: &str, limit: u8) -> bool {
    text.len() <= 2 && text.bytes().all(|b| b.is_ascii_digit()) && text.parse().is_ok_and(|number: u8| number < limit)
}

/// Whether a text is a time zone, or none: `Z`, `+08:00`, `-0330`.
fn is_zone(text: &str) -> bool {
    let Some(digits) = text.strip_prefix(['+', '-']) else { return matches!(text, "" | "Z" | "z") };
    let (hour, minute) = digits.split_at_checked(2).unwrap_or_default();
    let minute = minute.strip_prefix(':').unwrap_or(minute);
    minute.len() == 2 && is_below(hour, 24) && is_below(minute, 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_one_way_only() {
        let day = |year, month, day| Some(Some(Date { year, month, day }));
        for text in
            ["2025-11-26", "2025/11/26", "2025.11.26", "2025年11月26日", "２０２５-11-26", "2025 年 11 月 26 日"]
        {
            assert_eq!(Date::read(text), day(2025, 11, 26), "{text}");
        }
        for text in ["26.11.2025", "26/11/2025", "26-11-2025"] {
            assert_eq!(Date::read(text), day(2025, 11, 26), "{text}");
        }
        assert_eq!(Date::read("26.1.2025"), day(2025, 1, 26));
        assert_eq!((Date::read("11/26/2025"), Date::read("1/26/2025")), (day(2025, 11, 26), day(2025, 1, 26)));
        for text in ["2025-02-30", "31.02.2025"] {
            assert_eq!(Date::read(text), Some(None), "{text}");
        }
        for text in [
            "11/12/2025", "11.26.2025", "26.11.25", "26.13.2025", "32.11.2025", "26.11/2025", "25-11-26", "2025-11",
            "2025-11-26 10:00", "2025-11/26", "now", "",
        ] {
            assert_eq!(Date::read(text), None, "{text}");
        }
    }

    #[test]
    fn formats_are_given_by_example() {
        let print = |example: &str| {
            DateFormat::parse(example).map(|format| format.print(Date { year: 2025, month: 9, day: 4 }))
        };
        assert_eq!(print("2025/11/26").as_deref(), Some("2025/09/04"));
        assert_eq!(print("2025年11月26日").as_deref(), Some("2025年9月4日"));
        assert_eq!(print("26.11.2025").as_deref(), Some("04.09.2025"));
        for example in ["2025年09月04日", "2025/9/4", "2025 年 9 月 4 日", "2025／09／04"] {
            assert_eq!(print(example).as_deref(), Some(example));
        }
        for example in ["11/12/2025", "2025-13-01", "2025-9-04", "２０２５-11-26", "iso", ""] {
            assert_eq!(print(example), None, "{example}");
        }
    }

    #[test]
    fn a_format_is_kept_to_the_digit() {
        let day = Date { year: 2025, month: 9, day: 4 };
        let writes = |example: &str, text: &str| {
            DateFormat::parse(example)
                .is_some_and(|format| format.read(text) == Some(Some(day)) && format.writes(day, text))
        };
        for (example, text) in
            [("2025-11-26", "2025-09-04"), ("2025年11月26日", "2025年9月4日"), ("2025年11月26日", "2025年09月04日")]
        {
            assert!(writes(example, text), "{example} {text}");
        }
        for (example, text) in
            [("2025-11-26", "2025-9-4"), ("2025-11-26", "２０２５-０９-０４"), ("2025/9/4", "2025/09/04")]
        {
            assert!(!writes(example, text), "{example} {text}");
        }
    }

    #[test]
    fn file_names_begin_with_dates() {
        let day = Some(Date { year: 2025, month: 11, day: 26 });
        for name in [
            "2025-11-26-notes",
            "20251126 notes",
            "2025-11-26",
            "2025年11月26日 笔记",
            "2025-11-26-10-tips",
            "2025-11-26-2023-in-review",
            "2025-11-26-3rd-try",
            "2025年11月26日3",
        ] {
            assert_eq!(Date::at_start(name), day, "{name}");
        }
        for name in ["notes-2025-11-26", "2025-11", "2025-11-2612"] {
            assert_eq!(Date::at_start(name), None, "{name}");
        }
    }

    #[test]
    fn points_in_time() {
        for text in ["2025-11-26T10:00", "2025-11-26 10:00:59.5", "2025-11-26T10:00:00Z", "2025-11-26 10:00 -03:30"] {
            assert!(is_date_time(text), "{text}");
        }
        for text in [
            "2025-11-26", "2025-11-26T25:00", "2025-11-26T10", "10:00", "2025-11-26T10:00:00x", "2025-11-26T1e1:00",
            "2025-11-26T10:00+99:99", "2025-11-26T10:00:1.",
        ] {
            assert!(!is_date_time(text), "{text}");
        }
    }
}
