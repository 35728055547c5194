// Seal a bid: price and words become a file that the bidder keeps, and its SHA-256 is what is handed in.
// Nothing that is typed here leaves the browser. Without this file the command of the program does it.
(() => {
  'use strict'
  const hex = buffer => [...new Uint8Array(buffer)].map(b => b.toString(16).padStart(2, '0')).join('')

  for (const part of document.querySelectorAll('[data-seal]')) {
    const { sale, bidder, file, into, bad, cannot, done } = part.dataset
    const told = part.querySelector('[data-seal-told]')
    part.querySelector('[data-seal-do]').addEventListener('click', async () => {
      const price = part.querySelector('input').value.replace(/[\s.,]/g, '')
      if (!/^[1-9][0-9]{0,14}$/.test(price)) { told.textContent = bad; return }
      if (!window.crypto?.subtle) { told.textContent = cannot; return }
      const words = part.querySelector('textarea').value.normalize('NFC').replace(/\r\n/g, '\n').trim()
      const secret = hex(crypto.getRandomValues(new Uint8Array(32)))
      const text = ['cho-noi-bid-1', `sale: ${sale}`, `bidder: ${bidder}`, `price: ${price}`, `secret: ${secret}`, words, ''].join('\n')
      const bytes = new TextEncoder().encode(text)
      document.getElementById(into).value = hex(await crypto.subtle.digest('SHA-256', bytes))
      const link = document.createElement('a')
      link.href = URL.createObjectURL(new Blob([bytes], { type: 'text/plain' }))
      link.download = file
      link.click()
      URL.revokeObjectURL(link.href)
      told.textContent = done
    })
  }
})()
