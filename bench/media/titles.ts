/** A title to publish under, and in which words it is refused where it is. */
export interface Title {
  readonly name: string
  readonly title: string
  readonly refused?: RegExp
}

const taken = (name: string, title: string): Title => ({ name, title })
const refused = (name: string, title: string, words = /^title/): Title => ({ name, title, refused: words })

/** Titles as people write them, and as they should not. */
export const titles: readonly Title[] = [
  taken('Arabic', 'ليلة القمر'),
  taken('Hebrew beside Latin', 'שיר (feat. Nova) 2'),
  taken('Urdu with marks of direction', '\u200fگانا\u200f'),
  taken('Devanagari', 'हिन्दी गाना'),
  taken('Thai, which has no spaces', 'เพลงของเรา'),
  taken('Japanese', '東京の夜'),
  taken('Hangul, composed', '\ud55c\uad6d'),
  taken('Hangul, in pieces', '\u1112\u1161\u11ab\u1100\u116e\u11a8'),
  taken('letters composed (NFC)', 'Caf\u00e9 No\u00ebl'),
  taken('letters and marks apart (NFD)', 'Cafe\u0301 Noe\u0308l'),
  taken('emoji', '🌙✨🎧'),
  taken('a family of emoji and a flag', '👩‍👩‍👧‍👦🇫🇷'),
  taken('140 emoji', '🌙'.repeat(140)),
  taken('140 letters', 'x'.repeat(140)),
  taken('mathematical letters', '𝓜𝓸𝓸𝓷'),
  taken('a soft hyphen', 'mid\u00adnight'),
  taken('a replacement character', 'Song \ufffd'),
  taken('punctuation alone', '!!!'),
  taken('markup', '<b>Song</b> & "more"'),
  taken('SQL', "'); DROP TABLE tracks; --"),
  taken('a template', '{{7*7}} <%= 7*7 %> %s'),
  taken('the name of a prototype', '__proto__'),
  taken('what reads as a number', '007'),
  refused('nothing', ''),
  refused('spaces', '   '),
  refused('characters without width', '\u200b\u200c\u2060'),
  refused('141 letters', 'x'.repeat(141)),
  refused('one letter with 200 marks', `a${'\u0301'.repeat(200)}`),
  refused('NUL', 'Song\0'),
  refused('a tab', 'Song\tTwo'),
  refused('a line break', 'Song\nTwo'),
  refused('CR and LF, and a header', 'Song\r\nSet-Cookie: a=b'),
  refused('an escape sequence', '\x1b[31mSong'),
  refused('a line separator', 'Song\u2028Two'),
  refused('text turned around', '\u202egnoS'),
  refused('an isolate of direction', '\u2067Song\u2069'),
  refused('half a character', 'Song \ud83c'),
  refused('60,000 letters', 'x'.repeat(60_000)),
  refused('a megabyte', 'x'.repeat(1_000_000), /64 kB|too large|larger/),
]
