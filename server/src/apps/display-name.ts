import { latinOf } from './confusables.ts'

/** Folds a name to what the eye reads, so that an imitation and its model are the same text. */
export const nameKey = (name: string): string => latinOf(name)

// What somebody adds to a name to pass for its owner, run together with it or not; each also in the plural.
const claims = [
  ...keysOf(`the a my our your new get try join use best free top all official real genuine original verified certified trusted
    app apps application login log in signin sign up on register account id identity support help desk team staff admin mod
    security secure safe guard protect inc ltd llc corp company web mobile desktop ios android mac windows beta test hq com org net
    co io fm xyz hub go one plus pro max ultra premium lite vip elite gold wallet vault pay payment bank cash coin token crypto
    nft exchange swap stake staking trade trader trading invest investor investment fund finance financial capital market marketplace
    mint drop airdrop bridge chain block dao defi dex governance explorer scan node validator card credit loan gift reward bonus
    giveaway claim refund billing invoice checkout subscription ticket event merch donate donation charity music musician
    song track album playlist remix mix beat sound audio video stream streaming cast podcast player radio store shop
    studio lab live tv chat mail email message messenger news blog forum community club fan artist creator label world land verse
    zone space connect connector cloud portal center centre service system network platform protocol foundation verify verifier
    verification update upgrade recovery recover reset unlock password passkey auth authenticator kyc api sdk dev developer
    tool kit manager dashboard tracker analytics stats chart upload uploader download downloader converter bot ai gpt assistant agent
    extension plugin widget browser link bio page site online international global group partner career job`),
].join('|')

// What says that something is for the brand's users, and not the brand's own.
const relation = keysOf('for on via to with')
// What the brand itself would say, or call a page, whatever stands between: "Sign in with Audius".
const ownWords = keysOf(
  `log login in sign signin signup up on register account accounts support help team staff admin security official real
  connect continue authorize authorise authenticate verify verification confirm confirmation check identity kyc password reset
  recovery recover unlock claim rewards airdrop giveaway bonus your my the a and`,
)

/**
 * Whether a name is this brand's or reads like something of the brand's own: the brand with whatever claims or noun
 * beside it, run together or not. A name that says what it is for may end with the brand: "Uploader for Audius".
 */
export function imitates(name: string, brand: string): boolean {
  const key = imitationKey(brand)
  const claimed = new RegExp(`^(?:${claims})*${key}s?(?:(?:${claims})s?)*$`)
  // A number is no name: "audius2024".
  if ([name, name.replace(/\p{N}/gu, '')].some((each) => claimed.test(imitationKey(each)))) return true
  const words = wordsOf(name)
  const wanted = wordsOf(brand)
  const at = words.findIndex((_, start) => wanted.every((word, index) => words[start + index] === word))
  if (at < 0) return false
  const isLast = at + wanted.length === words.length
  const before = words.slice(0, Math.max(0, at - 1))
  const saysWhatFor =
    isLast && relation.has(words[at - 1] ?? '') && before.some((word) => !ownWords.has(word))
  return !saysWhatFor
}

function keysOf(words: string): ReadonlySet<string> {
  return new Set(words.split(/\s+/).map(imitationKey))
}

// Beside what every name is folded by: digits and marks that stand for letters where somebody wants them to.
function imitationKey(name: string): string {
  return nameKey(name.replace(/(?<=[\p{L}\p{N}])[!¡](?=[\p{L}\p{N}])/gu, 'i'))
    .replaceAll('4', 'a')
    .replaceAll('3', 'e')
    .replaceAll('7', 't')
}

/** The words of a name as the eye reads them; a capital begins one. */
const wordsOf = (name: string): readonly string[] =>
  name
    .normalize('NFKD')
    .replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')
    .split(/[\s\p{Z}\p{Pd}_./|:,;()[\]{}+&*?#~=•・'’"“”]+/u)
    .map(imitationKey)
    .filter((word) => word !== '')
