// How a search that was begun could go on: a list under the search box, for mouse, keys and screen
// readers. Words come from the page; without this file the box is a box.
(() => {
  'use strict'
  const box = document.querySelector('input[data-suggest]')
  if (!box) return
  const list = document.createElement('ul')
  list.id = 'suggested'
  list.className = 'suggested'
  list.setAttribute('role', 'listbox')
  list.setAttribute('aria-label', box.dataset.suggestLabel)
  list.hidden = true
  box.form.append(list)
  for (const [name, value] of [['role', 'combobox'], ['aria-autocomplete', 'list'], ['aria-expanded', 'false'], ['aria-controls', list.id], ['autocomplete', 'off']]) box.setAttribute(name, value)

  let timer, asked, at = -1, typed = box.value
  const items = () => [...list.children]
  const shut = () => {
    list.hidden = true
    at = -1
    box.setAttribute('aria-expanded', 'false')
    box.removeAttribute('aria-activedescendant')
  }
  const mark = n => {
    const all = items()
    at = n < -1 ? all.length - 1 : n >= all.length ? -1 : n
    all.forEach((item, i) => item.setAttribute('aria-selected', String(i === at)))
    box.value = at < 0 ? typed : all[at].textContent
    if (at < 0) box.removeAttribute('aria-activedescendant')
    else box.setAttribute('aria-activedescendant', all[at].id)
  }
  const show = texts => {
    list.replaceChildren(...texts.map((text, i) => {
      const item = document.createElement('li')
      item.id = 'suggested-' + i
      item.setAttribute('role', 'option')
      item.setAttribute('aria-selected', 'false')
      item.textContent = text
      return item
    }))
    if (!texts.length) { shut(); return }
    at = -1
    list.hidden = false
    box.setAttribute('aria-expanded', 'true')
  }
  const ask = async () => {
    asked?.abort()
    asked = new AbortController()
    try {
      const answer = await fetch(box.dataset.suggest + '?q=' + encodeURIComponent(typed), { signal: asked.signal, headers: { Accept: 'application/json' } })
      if (answer.ok && document.activeElement === box) show((await answer.json()).suggestions)
    } catch { /* a slow or broken line: the box goes on without a list */ }
  }
  box.addEventListener('input', () => {
    typed = box.value
    clearTimeout(timer)
    if (typed.trim().length < 2) { asked?.abort(); shut() } else timer = setTimeout(ask, 120)
  })
  box.addEventListener('keydown', event => {
    if (list.hidden) return
    if (event.key === 'ArrowDown') mark(at + 1)
    else if (event.key === 'ArrowUp') mark(at - 1)
    else if (event.key === 'Escape') { box.value = typed; shut() } else return
    event.preventDefault()
  })
  box.addEventListener('blur', shut)
  list.addEventListener('mousedown', event => event.preventDefault())
  list.addEventListener('click', event => {
    const item = event.target.closest('li')
    if (!item) return
    box.value = item.textContent
    box.form.requestSubmit()
  })
})()
