// Comfort for the pages of who is signed in. They work without it.

// A button with data-copy is shown, and copies the text of the element that it names.
for (const button of document.querySelectorAll('button[data-copy]')) {
  const source = document.getElementById(button.dataset.copy)
  const label = button.textContent
  button.hidden = !source || !navigator.clipboard
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(source.textContent)
      button.textContent = 'Copied'
    } catch {
      getSelection()?.selectAllChildren(source)
      button.textContent = 'Selected: press Ctrl+C'
    }
    setTimeout(() => {
      button.textContent = label
    }, 2000)
  })
}

// What data-live names tells of news: the element then becomes what the server has for it by now.
for (const element of document.querySelectorAll('[data-live]')) {
  const status = document.querySelector('[data-live-words]')
  const stale = status?.textContent
  const say = (words) => {
    if (status) status.textContent = words
  }
  const refresh = async () => {
    const answer = await fetch(location.href)
    if (!answer.ok || answer.redirected) return
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    const now = page.getElementById(element.id)
    if (now) element.replaceChildren(...now.childNodes)
  }
  let refreshed = Promise.resolve()
  const refreshInTurn = () => {
    refreshed = refreshed.then(refresh).catch(() => {})
  }
  const news = new EventSource(element.dataset.live)
  news.addEventListener('change', refreshInTurn)
  let isLost = false
  news.addEventListener('open', () => {
    say(status?.dataset.liveWords)
    if (isLost) refreshInTurn()
    isLost = false
  })
  news.addEventListener('error', () => {
    say(stale)
    isLost = true
  })
}

// A form is sent once, however often its button is pressed in a row.
for (const form of document.forms) {
  let sentAt = Number.NEGATIVE_INFINITY
  form.addEventListener('submit', (event) => {
    if (event.timeStamp - sentAt < 5000) event.preventDefault()
    else sentAt = event.timeStamp
  })
}
