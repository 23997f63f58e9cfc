import { type Filling, quoted, settings } from './snippet.ts'

/** A whole page that needs no bundler: its one script comes from this server. */
export const webSnippet = (filling: Filling): string => `<!doctype html>
<html lang="en">
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width">
  <title>My page</title>
  <p id="words">One moment…</p>
  <button id="log-in" hidden></button>
  <button id="log-out" hidden>Log out</button>
  <script src="${filling.server}/sdk.min.js"></script>
  <script>
    const { oauth } = audiusSdk({
      ${settings(filling, '      ')}
    })
    const words = document.getElementById('words')
    const logIn = document.getElementById('log-in')
    const logOut = document.getElementById('log-out')
    logIn.textContent = ${quoted(`Log in with ${filling.brand}`)}

    async function run(action) {
      let user = null
      try {
        await action
        words.textContent = 'You are not logged in.'
      } catch (error) {
        words.textContent = error.hint || error.message
      }
      try {
        if (await oauth.isAuthenticated()) user = await oauth.getUser()
        if (user) words.textContent = 'Hello ' + user.name
      } catch (error) {
        words.textContent = error.hint || error.message
      }
      logIn.hidden = user !== null
      logOut.hidden = user === null
    }

    logIn.onclick = () => run(oauth.login({ scope: 'read' }))
    logOut.onclick = () => run(oauth.logout())
    run(oauth.handleRedirect())
  </script>
</html>
`
