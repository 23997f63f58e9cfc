/** Why an archive cannot be imported, in words for whoever sent it. */
export class BrokenArchive extends Error {
  override readonly name = 'BrokenArchive'
}

const broken = (words: string) => new BrokenArchive(words)

/** What an archive is refused with; nothing of it was imported. */
export const brokenArchive = {
  compressed: (how: string) =>
    broken(`This file is compressed (${how}). Unpack it, and choose the file that ends in .tar.`),
  notTar: () => broken('This file is no tar archive. Choose the archive that you downloaded with your data.'),
  cut: () => broken('The archive ends in the middle: it was not downloaded whole. Download it again.'),
  damaged: (at: string) => broken(`The archive is damaged after “${at}”. Download it again.`),
  notAFile: (path: string) =>
    broken(`“${path}” in the archive is no plain file. Choose the archive as it was downloaded.`),
  twice: (path: string) => broken(`“${path}” is in the archive twice.`),
  tooManyFiles: (most: number) => broken(`The archive holds more than ${most} files.`),
  missing: (path: string) => broken(`“${path}” is missing in the archive.`),
  otherFormat: () =>
    broken(
      'The archive says of no format that is known here which one it has. Download your data once more.',
    ),
  notJson: (path: string) => broken(`“${path}” in the archive is no JSON.`),
  tooLarge: (path: string, most: string) => broken(`“${path}” in the archive is larger than ${most}.`),
  wrong: (where: string, what: string) => broken(`${where}: ${what}`),
  noAudio: (title: string) => broken(`The audio of “${title}” is missing in the archive.`),
  noCover: (name: string) => broken(`The cover of “${name}” is missing in the archive.`),
  tooMany: (what: string, most: number) => broken(`The archive holds more than ${most} ${what}.`),
  unusable: (name: string, why: string) => broken(`“${name}”: ${why}`),
} as const
