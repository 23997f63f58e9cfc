const otherHost =
  "The database's certificate is for another host. Name in DATABASE_URL the host that it was made for, or have one made for that host."
const unknownAuthority =
  "The database's certificate is by nobody this machine trusts. Name the certificate of the CA that made it in DATABASE_URL, as &sslrootcert=/path/ca.pem."
const expired =
  "The database's certificate is not valid now. Renew it, or set the clocks of both machines by NTP."
const noTls = 'The database takes no TLS, and DATABASE_URL asks for it. Set ssl = on in its postgresql.conf.'

/** What OpenSSL, Node and the driver say of a server whose TLS is not what it was asked to be. */
const refusals: ReadonlyMap<unknown, string> = new Map([
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
])

/** Says what to do about a database whose TLS was refused; undefined for any other error, whose causes are looked at too. */
export function untrusted(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  const code = 'code' in error ? error.code : undefined
  return refusals.get(code) ?? refusals.get(error.message) ?? untrusted(error.cause)
}
