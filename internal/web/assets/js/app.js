// Comfort only: every page works without this file. Words come from the page, none stand here.
(() => {
  'use strict'
  const root = document.documentElement
  const one = (what, where = document) => where.querySelector(what)
  const all = (what, where = document) => where.querySelectorAll(what)
  root.classList.add('js')

  // say announces a text to those who listen, and shows it when something went wrong.
  const say = (text, bad = false) => {
    const place = one('#said')
    if (!place) return
    place.classList.toggle('vh', !bad)
    place.classList.toggle('failed', bad)
    place.textContent = text
  }

  // Counters of characters left.
  const count = hint => {
    const input = document.getElementById(hint.dataset.count)
    if (!input || input.maxLength < 0) return
    const tell = () => { hint.textContent = hint.dataset.left.replace('{n}', input.maxLength - input.value.length) }
    input.addEventListener('input', tell)
    tell()
  }

  // Drafts: a form with data-autosave="/path" is sent there a moment after each change. Its words
  // are data-saved (with {at}) and data-unsaved; they appear in its [data-autosave-status].
  const autosave = form => {
    let timer, running, again
    const status = text => { const place = one('[data-autosave-status]', form); if (place) place.textContent = text }
    const send = async () => {
      if (running) { again = true; return }
      running = true
      const body = new URLSearchParams()
      for (const [name, value] of new FormData(form)) if (typeof value === 'string') body.append(name, value)
      try {
        const answer = await fetch(form.dataset.autosave, { method: 'POST', body, headers: { Accept: 'application/json' }, redirect: 'manual' })
        if (!answer.ok) throw new Error(answer.status)
        status(form.dataset.saved.replace('{at}', new Date().toLocaleTimeString(root.lang, { hour: '2-digit', minute: '2-digit' })))
      } catch {
        status(form.dataset.unsaved)
      }
      running = false
      if (again) { again = false; send() }
    }
    const later = () => { clearTimeout(timer); timer = setTimeout(send, 800) }
    form.addEventListener('input', later)
    form.addEventListener('change', later)
    form.addEventListener('submit', () => clearTimeout(timer))
  }

  const prepare = where => {
    all('[data-count]', where).forEach(count)
    all('form[data-autosave]', where).forEach(autosave)
    all('[data-print]', where).forEach(button => button.addEventListener('click', () => window.print()))
  }

  // A form is sent once; its button says that it works.
  const calm = form => {
    delete form.dataset.sent
    all('[aria-busy]', form).forEach(button => button.removeAttribute('aria-busy'))
  }
  document.addEventListener('submit', event => {
    const form = event.target
    if (event.defaultPrevented || form.method !== 'post') return
    if (form.dataset.sent) { event.preventDefault(); return }
    form.dataset.sent = '1'
    if (event.submitter) event.submitter.setAttribute('aria-busy', 'true')
    setTimeout(() => calm(form), 10000)
  })
  window.addEventListener('pageshow', () => all('form[data-sent]').forEach(calm))

  // Rows of fields (data-row) are gone through as in a sheet: Enter and the arrows lead to the same field
  // of the next row or the one before; in a list of choices the arrows choose, so there with Alt.
  document.addEventListener('keydown', event => {
    const field = event.target, row = field.closest('[data-row]')
    const step = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (!row || !step || field.tagName === 'TEXTAREA' || event.isComposing) return
    if (event.key !== 'Enter' && !event.altKey && (field.tagName === 'SELECT' || field.type === 'date')) return
    const rows = [...all('[data-row]', row.parentElement)], next = rows[rows.indexOf(row) + step]
    const place = [...all('input, select', row)].indexOf(field)
    if (event.key === 'Enter' || next) event.preventDefault()
    if (next) all('input, select', next)[place].focus()
    else if (step > 0) (one('button', row.closest('form')) || field).focus()
  })

  // Escape shuts the menu and gives the focus back.
  document.addEventListener('keydown', event => {
    const menu = one('details.menu[open]')
    if (event.key !== 'Escape' || !menu) return
    menu.open = false
    one('summary', menu).focus()
  })

  // Swaps by htmx: the place says that it is busy, then the focus or the status follows.
  const waits = new WeakMap()
  document.addEventListener('htmx:beforeRequest', event => {
    const target = event.detail.target
    target.setAttribute('aria-busy', 'true')
    const waiting = one('#waiting')
    if (waiting) waits.set(target, setTimeout(() => target.prepend(waiting.content.cloneNode(true)), 400))
  })
  document.addEventListener('htmx:afterRequest', event => {
    const target = event.detail.target
    clearTimeout(waits.get(target))
    target.removeAttribute('aria-busy')
  })
  document.addEventListener('htmx:afterSettle', event => {
    const place = document.getElementById(event.detail.target.id) || event.detail.elt
    prepare(place)
    const heading = one('[data-focus]', place)
    if (heading) { heading.tabIndex = -1; heading.focus(); return }
    const status = one('[role=status]', place)
    if (status) say(status.textContent)
  })
  for (const kind of ['htmx:responseError', 'htmx:sendError']) {
    document.addEventListener(kind, event => {
      const asked = event.detail.requestConfig
      if (kind === 'htmx:responseError' && asked.verb === 'get') location.assign(event.detail.pathInfo.finalRequestPath)
      else say(one('#said').dataset.failed, true)
    })
  }

  prepare(document)
  const errors = one('#errs')
  if (errors) errors.focus()
})()
