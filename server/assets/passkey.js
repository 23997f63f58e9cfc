// Passkeys, where the browser has them. Without it the pages ask for passwords alone.

const { PublicKeyCredential } = window
const forms = PublicKeyCredential?.parseRequestOptionsFromJSON
  ? document.querySelectorAll('form[data-passkey]')
  : []

const words = {
  InvalidStateError: 'This device has a passkey for your account already.',
  NotAllowedError: 'No passkey was used. Try again, or use your password.',
  SecurityError: 'Passkeys do not work at this address. Use your password.',
}
const otherwise = 'That did not work. Check your connection, and try again.'

/** What the server says no with. */
class Refusal extends Error {}

for (const form of forms) {
  const { passkey: kind, options: url } = form.dataset
  const problem = form.querySelector('[role=alert]')
  const button = Array.from(form.elements).find(({ type }) => type === 'submit')
  let underWay = new AbortController()

  const say = (text) => {
    problem.textContent = text
    problem.hidden = text === ''
  }

  // Asks the server what to sign, the device to sign it, and sends what it says. One question at a time.
  const ask = async (mediation) => {
    underWay.abort()
    underWay = new AbortController()
    const { signal } = underWay
    const answer = await fetch(url, {
      method: 'POST',
      body: new URLSearchParams(new FormData(form)),
      signal,
    })
    if (answer.status === 401) return location.reload()
    const { options, problem } = await answer.json()
    if (problem) throw new Refusal(problem)
    const publicKey =
      kind === 'create'
        ? PublicKeyCredential.parseCreationOptionsFromJSON(options)
        : PublicKeyCredential.parseRequestOptionsFromJSON(options)
    const credential = await (kind === 'create'
      ? navigator.credentials.create({ publicKey, signal })
      : navigator.credentials.get({ publicKey, mediation, signal }))
    form.elements.credential.value = JSON.stringify(credential)
    for (const field of form.querySelectorAll('[type=password]')) field.value = ''
    form.submit()
  }

  // Among what the browser fills in; nothing is said of it until one is picked. A challenge is good for five minutes.
  const offer = async () => {
    if (kind === 'get' && (await PublicKeyCredential.isConditionalMediationAvailable?.()))
      ask('conditional').catch(() => {})
  }

  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    say('')
    button.disabled = true
    try {
      await ask('optional')
    } catch (error) {
      say(error instanceof Refusal ? error.message : (words[error.name] ?? otherwise))
      button.disabled = false
      offer()
    }
  })
  addEventListener('pageshow', () => {
    button.disabled = false
  })

  form.hidden = false
  button.hidden = false
  for (const apology of document.querySelectorAll('[data-without-passkeys]')) apology.hidden = true
  offer()
  setInterval(() => document.hidden || button.disabled || offer(), 4 * 60_000)
}
