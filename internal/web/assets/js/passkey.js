// Passkeys: sign in with one, also from the list that the browser shows under the e-mail field, and
// make one. Words come from the page; without this file the other ways in remain.
(() => {
  'use strict'
  const form = document.querySelector('form[data-passkey]')
  if (!form) return
  const { ask, answer, again, failed, passkey } = form.dataset
  const part = form.querySelector('[data-passkey-part]') || form
  const button = form.querySelector('[data-passkey-touch]')
  const told = form.querySelector('[data-passkey-told]')
  if (!window.PublicKeyCredential) { part.remove(); return }

  const bytes = s => Uint8Array.from(atob(s.replace(/-/g, '+').replace(/_/g, '/')), c => c.charCodeAt(0))
  const text = b => btoa(String.fromCharCode(...new Uint8Array(b))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '')

  const post = async (url, body) => {
    const r = await fetch(url, { method: 'POST', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json', Accept: 'application/json' } })
    const said = await r.json()
    if (r.status === 401 && again) location.assign(again)
    if (!r.ok) throw { told: said.errors?.[0]?.detail || said.detail }
    return said
  }

  // options makes bytes of what JSON can only hold as text.
  const options = o => {
    o.challenge = bytes(o.challenge)
    if (o.user) o.user.id = bytes(o.user.id)
    for (const list of [o.excludeCredentials, o.allowCredentials]) for (const c of list || []) c.id = bytes(c.id)
    return o
  }

  // plain makes text of what the authenticator answered in bytes.
  const plain = c => {
    const response = {}
    for (const name of ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle']) {
      if (c.response[name]) response[name] = text(c.response[name])
    }
    if (c.response.getTransports) response.transports = c.response.getTransports()
    return { id: c.id, rawId: text(c.rawId), type: c.type, authenticatorAttachment: c.authenticatorAttachment || undefined, clientExtensionResults: c.getClientExtensionResults(), response }
  }

  let waiting // for a choice from the list under the e-mail field
  const run = async (quiet) => {
    waiting?.abort()
    const own = waiting = new AbortController()
    const challenge = await post(ask, {})
    if (own.signal.aborted) return
    const how = { publicKey: options(challenge.options), signal: own.signal }
    if (quiet) how.mediation = 'conditional'
    const credential = await navigator.credentials[passkey](how)
    const name = form.elements.passkey?.value
    const done = await post(answer, { ticket: challenge.ticket, answer: plain(credential), name })
    location.assign(done.next)
  }

  const say = words => {
    told.textContent = words
    told.hidden = false
    button.removeAttribute('aria-busy')
  }

  const touch = async event => {
    event.preventDefault()
    told.hidden = true
    button.setAttribute('aria-busy', 'true')
    try { await run(false) } catch (e) { say(e.told || failed) }
  }
  if (passkey === 'create') form.addEventListener('submit', touch)
  else {
    button.addEventListener('click', touch)
    PublicKeyCredential.isConditionalMediationAvailable?.().then(yes => { if (yes) return run(true) }).catch(e => { if (e.told) say(e.told) })
  }
})()
