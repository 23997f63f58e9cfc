// Comfort for the documentation. It works without it.
import { readIndex, search } from '../src/pages/docs/search-index.ts'

const hitsShown = 8

// The search field finds while somebody types; what is searched in is loaded when the field is first used.
const field = document.getElementById('q')
const found = document.getElementById('found')
let index
const loadIndex = () => {
  index ??= fetch('/docs/search.json')
    .then((answer) => answer.text())
    .then(readIndex)
  return index
}
const hide = () => {
  found.hidden = true
}
async function find() {
  const words = field.value
  if (words.trim() === '') return hide()
  const hits = search(await loadIndex(), words, hitsShown)
  if (words !== field.value) return
  found.replaceChildren(...(hits.length === 0 ? [nothing()] : hits.map(linkTo)))
  found.hidden = false
}
function linkTo({ href, page, heading }) {
  const link = document.createElement('a')
  link.href = href
  const where = document.createElement('span')
  where.textContent = heading === page ? '' : page
  link.append(heading, where)
  return link
}
function nothing() {
  const words = document.createElement('p')
  words.textContent = 'Nothing fits. Try fewer words, or the code of the error.'
  return words
}
field.addEventListener('focus', loadIndex, { once: true })
field.addEventListener('input', find)
// The arrows go through what was found, as in a list.
field.form.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') {
    hide()
    field.focus()
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (step === undefined || found.hidden) return
  event.preventDefault()
  const stops = [field, ...found.querySelectorAll('a')]
  stops.at((stops.indexOf(document.activeElement) + step) % stops.length)?.focus()
})
document.addEventListener('click', ({ target }) => {
  if (!field.form.contains(target)) hide()
})
document.addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.target.closest('input, textarea, select')) return
  event.preventDefault()
  field.focus()
})

/** A button that copies, says so, and goes back to its own words. */
function copying(button, text) {
  const label = button.textContent
  button.hidden = !navigator.clipboard
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(await text())
      button.textContent = 'Copied'
    } catch {
      button.textContent = 'Not copied'
    }
    setTimeout(() => {
      button.textContent = label
    }, 2000)
  })
}
for (const button of document.querySelectorAll('[data-copy-page]'))
  copying(button, async () => (await fetch(button.dataset.copyPage)).text())
for (const code of document.querySelectorAll('article pre')) {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'copy'
  button.textContent = 'Copy'
  const frame = document.createElement('div')
  frame.className = 'snippet'
  code.replaceWith(frame)
  frame.append(code, button)
  copying(button, async () => code.textContent)
}

// The reader's own key stands in the snippets; of several apps they choose.
const placeholder = 'YOUR_API_KEY'
const walker = document.createTreeWalker(document.querySelector('article') ?? document, NodeFilter.SHOW_TEXT)
const places = []
while (walker.nextNode())
  if (walker.currentNode.data.includes(placeholder))
    places.push([walker.currentNode, walker.currentNode.data])
if (places.length > 0) fillIn().catch(() => {})
async function fillIn() {
  const answer = await fetch('/docs/keys.json')
  const { apps } = answer.ok ? await answer.json() : { apps: [] }
  if (apps.length === 0) return
  const choice = document.createElement('select')
  choice.append(...apps.map(({ name, apiKey }) => new Option(name, apiKey)))
  const fill = () => {
    for (const [node, text] of places) node.data = text.replaceAll(placeholder, choice.value)
  }
  choice.addEventListener('change', fill)
  fill()
  const label = document.createElement('label')
  label.className = 'key'
  label.append('Key of ', choice)
  document.querySelector('.tools').prepend(label)
}
