//! Numbers written in Chinese characters: 一 二 … 十一 … 一百零一 … 一万零五, and their formal, traditional, Japanese and
//! Korean forms.
//!
//! The Chinese printer follows the standard written form: one zero stands for any run of empty places inside the
//! number, and 一 is left out before a leading 十. It agrees with the counter styles `simp-chinese-informal` and
//! `trad-chinese-informal` of CSS.

/// The characters of one way of writing.
pub(super) struct Script {
    digits: [char; 10],
    /// Ten, hundred, thousand.
    units: [char; 3],
    /// Ten thousand, a hundred million.
    myriads: [char; 2],
    habit: Habit,
}

/// What is written out and what is not.
#[derive(PartialEq)]
enum Habit {
    /// 一百零五, 十五: zeros are filled in, a leading one before ten is left out.
    Chinese,
    /// 壹佰零伍, 壹拾伍: zeros are filled in, every one is written.
    Full,
    /// 百五, 十五: no zeros, no one before ten, hundred and thousand. Korean hanja numerals are written so as well.
    Japanese,
    /// 壱百五, 壱拾五: no zeros, every one is written.
    JapaneseFormal,
    /// 廿三, 卅: as Chinese, but twenty, thirty and forty have characters of their own.
    Contracted,
}

const INFORMAL: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const UNITS: [char; 3] = ['十', '百', '千'];
/// Twenty, thirty, forty.
const TENS: [char; 3] = ['廿', '卅', '卌'];

pub(super) const SIMPLIFIED: Script =
    Script { digits: INFORMAL, units: UNITS, myriads: ['万', '亿'], habit: Habit::Chinese };
/// 一百〇一, with the round zero; and with a circle that only looks like it.
pub(super) const ROUND: Script = Script {
    digits: ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'],
    units: UNITS,
    myriads: ['万', '亿'],
    habit: Habit::Chinese,
};
pub(super) const CIRCLE: Script = Script {
    digits: ['○', '一', '二', '三', '四', '五', '六', '七', '八', '九'],
    units: UNITS,
    myriads: ['万', '亿'],
    habit: Habit::Chinese,
};
pub(super) const TRADITIONAL: Script =
    Script { digits: INFORMAL, units: UNITS, myriads: ['萬', '億'], habit: Habit::Chinese };
pub(super) const CONTRACTED: Script =
    Script { digits: INFORMAL, units: UNITS, myriads: ['万', '亿'], habit: Habit::Contracted };
pub(super) const JAPANESE: Script =
    Script { digits: INFORMAL, units: UNITS, myriads: ['万', '億'], habit: Habit::Japanese };
const FORMAL_DIGITS: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];
const FORMAL_DIGITS_TRADITIONAL: [char; 10] = ['零', '壹', '貳', '參', '肆', '伍', '陸', '柒', '捌', '玖'];
/// Three is written in three ways.
const FORMAL_DIGITS_PLAIN: [char; 10] = ['零', '壹', '貳', '叁', '肆', '伍', '陸', '柒', '捌', '玖'];
const FORMAL_DIGITS_VARIANT: [char; 10] = ['零', '壹', '貳', '叄', '肆', '伍', '陸', '柒', '捌', '玖'];
const FORMAL_UNITS: [char; 3] = ['拾', '佰', '仟'];

pub(super) const FORMAL: Script =
    Script { digits: FORMAL_DIGITS, units: FORMAL_UNITS, myriads: ['万', '亿'], habit: Habit::Chinese };
pub(super) const FORMAL_TRADITIONAL: Script =
    Script { digits: FORMAL_DIGITS_TRADITIONAL, units: FORMAL_UNITS, myriads: ['萬', '億'], habit: Habit::Chinese };
pub(super) const FORMAL_PLAIN: Script =
    Script { digits: FORMAL_DIGITS_PLAIN, units: FORMAL_UNITS, myriads: ['萬', '億'], habit: Habit::Chinese };
pub(super) const FORMAL_VARIANT: Script =
    Script { digits: FORMAL_DIGITS_VARIANT, units: FORMAL_UNITS, myriads: ['萬', '億'], habit: Habit::Chinese };
pub(super) const FORMAL_FULL: Script =
    Script { digits: FORMAL_DIGITS, units: FORMAL_UNITS, myriads: ['万', '亿'], habit: Habit::Full };
pub(super) const FORMAL_FULL_TRADITIONAL: Script =
    Script { digits: FORMAL_DIGITS_TRADITIONAL, units: FORMAL_UNITS, myriads: ['萬', '億'], habit: Habit::Full };
pub(super) const FORMAL_JAPANESE: Script = Script {
    digits: ['零', '壱', '弐', '参', '四', '五', '六', '七', '八', '九'],
    units: ['拾', '百', '千'],
    myriads: ['万', '億'],
    habit: Habit::JapaneseFormal,
};

/// Zeros of positional numbers: 二〇二四.
const ZEROS: [char; 3] = ['〇', '零', '○'];

/// Numbers from this on have no form here.
const LIMIT: u64 = 1_000_000_000_000;

/// Whether a character stands in one of the scripts above; asked of every heading and paragraph, so written out.
pub(super) fn is_numeral_character(c: char) -> bool {
    matches!(
        c,
        '〇' | '零'
            | '○'
            | '一'
            | '七'
            | '万'
            | '三'
            | '九'
            | '二'
            | '五'
            | '亿'
            | '億'
            | '八'
            | '六'
            | '十'
            | '千'
    ) || matches!(
        c,
        '四' | '百'
            | '廿'
            | '卅'
            | '卌'
            | '萬'
            | '壹'
            | '壱'
            | '贰'
            | '貳'
            | '弐'
            | '叁'
            | '叄'
            | '參'
            | '参'
            | '肆'
            | '伍'
    ) || matches!(c, '陆' | '陸' | '柒' | '捌' | '玖' | '拾' | '佰' | '仟')
}

impl Script {
    /// The value of a string of this script's characters, read generously: the caller prints it again to see whether
    /// it was written in the standard form.
    pub(super) fn read(&self, text: &str) -> Option<u64> {
        if text.is_empty() || text.len() > 72 {
            return None;
        }
        let (mut total, mut section, mut digit) = (0u64, 0u64, 0u64);
        let place = |set: &[char], c: char| set.iter().position(|&known| known == c);
        for c in text.chars() {
            if let Some(value) = place(&self.digits, c) {
                digit = value as u64;
            } else if let Some(power) = place(&self.units, c) {
                section += digit.max(1) * [10, 100, 1000][power];
                digit = 0;
            } else if let Some(tens) = place(&TENS, c).filter(|_| self.habit == Habit::Contracted) {
                section += (tens as u64 + 2) * 10;
            } else {
                let power = place(&self.myriads, c)?;
                total += (section + digit).checked_mul([10_000, 100_000_000][power])?;
                (section, digit) = (0, 0);
            }
        }
        Some(total + section + digit).filter(|&value| value > 0)
    }

    /// The standard form of a number.
    pub(super) fn print(&self, value: u64) -> Option<String> {
        if value == 0 || value >= LIMIT {
            return None;
        }
        let fills = !matches!(self.habit, Habit::Japanese | Habit::JapaneseFormal);
        let mut out = String::new();
        let mut gap = false;
        for power in (0..3).rev() {
            let section = value / 10_000u64.pow(power) % 10_000;
            if section == 0 {
                gap = !out.is_empty();
                continue;
            }
            gap |= !out.is_empty() && section < 1000;
            self.push_section(&mut out, section, gap && fills);
            gap = false;
            if power > 0 {
                out.push(self.myriads[power as usize - 1]);
            }
        }
        let leading = [self.digits[1], self.units[0]].iter().collect::<String>();
        if matches!(self.habit, Habit::Chinese | Habit::Contracted) && out.starts_with(&leading) {
            out.remove(0);
        }
        Some(out)
    }

    /// One group of four places; `gap` puts a zero in front.
    fn push_section(&self, out: &mut String, section: u64, mut gap: bool) {
        let fills = !matches!(self.habit, Habit::Japanese | Habit::JapaneseFormal);
        let mut begun = false;
        for place in (0..4u32).rev() {
            let digit = usize::try_from(section / 10u64.pow(place) % 10).unwrap_or(0);
            if digit == 0 {
                gap |= begun && fills;
                continue;
            }
            if gap {
                out.push(self.digits[0]);
                gap = false;
            }
            begun = true;
            let silent_one = self.habit == Habit::Japanese && digit == 1 && place > 0;
            match (place, digit) {
                (1, 2..=4) if self.habit == Habit::Contracted => out.push(TENS[digit - 2]),
                (0, _) => out.push(self.digits[digit]),
                (place, digit) => {
                    if !silent_one {
                        out.push(self.digits[digit]);
                    }
                    out.push(self.units[place as usize - 1]);
                }
            }
        }
    }
}

/// What a number in no standard form can be worth: 一百一 is 101 in old novels, and 110 as people say it.
pub(super) fn loose(text: &str) -> Vec<u64> {
    let Some(value) = SIMPLIFIED.read(text).filter(|value| *value < LIMIT) else { return Vec::new() };
    let spoken = [1000, 100].into_iter().find(|unit| value > *unit && value % unit < 10 && value % unit > 0);
    [value].into_iter().chain(spoken.map(|unit| value + value % unit * (unit / 10 - 1))).collect()
}

/// 二〇二四: digit by digit, two of them at least, with one kind of zero.
pub(super) fn read_positional(text: &str) -> Option<u64> {
    if !(2..=8).contains(&text.chars().count()) {
        return None;
    }
    text.chars().try_fold(0, |value, c| Some(value * 10 + positional_digit(c)?))
}

fn positional_digit(c: char) -> Option<u64> {
    if ZEROS.contains(&c) {
        return Some(0);
    }
    INFORMAL.iter().position(|&digit| digit == c).map(|digit| digit as u64)
}

/// Digit by digit with `zero` for 0.
pub(super) fn print_positional(value: u64, zero: char) -> Option<String> {
    let digits = value.to_string();
    let digit = |byte: u8| if byte == b'0' { zero } else { INFORMAL[usize::from(byte - b'0')] };
    (digits.len() > 1).then(|| digits.bytes().map(digit).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCRIPTS: &[&Script] = &[
        &SIMPLIFIED, &ROUND, &CIRCLE, &TRADITIONAL, &CONTRACTED, &JAPANESE, &FORMAL, &FORMAL_TRADITIONAL,
        &FORMAL_PLAIN, &FORMAL_VARIANT, &FORMAL_JAPANESE,
    ];

    #[test]
    fn every_character_of_every_script_is_known() {
        for script in SCRIPTS {
            for c in script.digits.into_iter().chain(script.units).chain(script.myriads).chain(TENS).chain(ZEROS) {
                assert!(is_numeral_character(c), "{c}");
            }
        }
    }
}
