/** Rows that nothing here can fall to, and why. */
export const notApplicable: Readonly<Record<string, string>> = {
  'AZ-24':
    'A logo is uploaded and re-encoded, never loaded from elsewhere: its tests are those of uploads (UP-10, UP-12).',
  'AZ-25':
    'API keys are 40 hexadecimal digits and users are whole numbers: neither can be read as the other.',
  'PO-1': 'An API key is a public client id, not a secret.',
  'PO-6': 'An API key is a public client id and belongs in the bundle.',
  'F-11': 'There is no database behind a socket yet.',
  'TK-19':
    'The reason stands in `error_description`, as the contract of the wire asks: it helps developers and tells no secret.',
}
