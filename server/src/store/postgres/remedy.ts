const otherHost =
  "The database's certificate is for another host. Name in DATABASE_URL the host that it was made for, or have one made for that host."
const unknownAuthority =
  "The database's certificate is by nobody this machine trusts. Name the certificate of the CA that made it in DATABASE_URL, as &sslrootcert=/path/ca.pem."
const expired =
  "The database's certificate is not valid now. Renew it, or set the clocks of both machines by NTP."
const noTls = 'The database takes no TLS, and DATABASE_URL asks for it. Set ssl = on in its postgresql.conf.'

const wrongPassword =
  'The database refuses the user or the password. Correct them in DATABASE_URL, where what a URL reserves stands as %xx.'
const notLetIn =
  'The database lets nobody in as this user from this machine. Allow it in pg_hba.conf, or ask for TLS by ?sslmode=verify-full.'
const noDatabase =
  "The database that DATABASE_URL names is not there. Make it: CREATE DATABASE name OWNER user ENCODING 'UTF8' TEMPLATE template0."
const mayNot =
  'The user of DATABASE_URL may not do in the database what is needed. Let it connect and make tables there: ALTER DATABASE name OWNER TO user.'
const noHost = 'The host of DATABASE_URL has no address. Correct it, or how this machine looks up names.'

/** What OpenSSL, Node, the driver and PostgreSQL say of a database that is not what it was asked to be. */
const remedies: ReadonlyMap<unknown, string> = new Map([
  ['ERR_TLS_CERT_ALTNAME_INVALID', otherHost],
  ['SELF_SIGNED_CERT_IN_CHAIN', unknownAuthority],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', unknownAuthority],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', unknownAuthority],
  ['UNABLE_TO_GET_ISSUER_CERT', unknownAuthority],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', unknownAuthority],
  ['CERT_SIGNATURE_FAILURE', unknownAuthority],
  ['CERT_HAS_EXPIRED', expired],
  ['CERT_NOT_YET_VALID', expired],
  ['The server does not support SSL connections', noTls],
  ['28P01', wrongPassword],
  ['28000', notLetIn],
  ['3D000', noDatabase],
  ['42501', mayNot],
  ['ENOTFOUND', noHost],
])

/** Says what to do about a database that refuses; undefined for any other error, whose causes are looked at too. */
export function remedyFor(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  const code = 'code' in error ? error.code : undefined
  return remedies.get(code) ?? remedies.get(error.message) ?? remedyFor(error.cause)
}
