/** Copies the text of an element; it is there where there is script. */
export const CopyButton = ({ of, what }: { of: string; what: string }) => (
  <button type="button" class="copy" data-copy={of} aria-label={`Copy ${what}`} hidden>
    Copy
  </button>
)

/** The key of an app, to be copied. */
export const ApiKey = ({ apiKey }: { apiKey: string }) => (
  <p class="key">
    <code id="api-key">{apiKey}</code>
    <CopyButton of="api-key" what="the API key" />
  </p>
)
