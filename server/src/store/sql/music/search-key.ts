/** Folds a text to what searches compare: lower case, without accents, spaces as one. */
export function searchKey(text: string): string {
  return text.normalize('NFKD').toLowerCase().replace(/\p{M}/gu, '').replace(/\s+/gu, ' ').trim()
}
