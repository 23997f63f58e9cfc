import { wordsFor } from '@stagedoor/sdk/words'
import { audius } from './audius.js'

const { oauth } = audius
const words = document.getElementById('words')
const logIn = document.getElementById('log-in')
const logOut = document.getElementById('log-out')

/** Shows who is logged in after something was done, and what failed. */
async function show(done) {
  let user = null
  try {
    await done
    user = (await oauth.isAuthenticated()) ? await oauth.getUser() : null
    words.textContent = user ? `Hello ${user.name}` : 'You are not logged in.'
  } catch (error) {
    words.textContent = wordsFor(error)
  }
  logIn.hidden = user !== null
  logOut.hidden = user === null
}

logIn.onclick = () => show(oauth.login({ scope: 'read' }))
logOut.onclick = () => show(oauth.logout())
show(oauth.handleRedirect())
