// The shop's own script: the cart in a cookie, what is told to the tag manager when somebody does something,
// and the privacy dialog. It builds no markup from text, so it runs under Trusted Types 'none'.
;(() => {
  const { format, currency } = document.body.dataset
  const money = (amount) =>
    new Intl.NumberFormat(format, {
      style: 'currency',
      currency,
      trailingZeroDisplay: 'stripIfInteger',
    }).format(amount)
  const find = (selector, within = document) => within.querySelector(selector)

  function setCookie(name, value) {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet, and the server reads it.
    document.cookie = `${name}=${value}; path=/; samesite=lax; max-age=${value ? 2592000 : 0}`
  }

  function readCart() {
    const [, value = ''] = document.cookie.match(/(?:^|; )cart=([^;]*)/) ?? []
    return new Map(
      value
        .split('~')
        .filter(Boolean)
        .map((part) => [part.split('.')[0], Number(part.split('.')[1])]),
    )
  }

  function writeCart(cart) {
    setCookie('cart', [...cart].map(([id, quantity]) => `${id}.${quantity}`).join('~'))
    showCount()
  }

  function showCount() {
    const count = [...readCart().values()].reduce((sum, quantity) => sum + quantity, 0)
    const badge = find('[data-cart-count]')
    if (!badge) return
    badge.textContent = String(count)
    badge.hidden = !count
    const label = find('[data-cart-label]')
    label.textContent = label.dataset.cartLabel.replace('{n}', String(count))
  }

  // What to tell stands in the page as JSON: an object to push, or the arguments of gtag().
  function tell(element, change = () => {}) {
    if (!element.dataset.tell) return
    const { push, gtag: parameters } = JSON.parse(element.dataset.tell)
    change(push ?? parameters[2])
    if (parameters) return window.gtag(...parameters)
    if (push.ecommerce) window.dataLayer.push({ ecommerce: null })
    window.dataLayer.push(push)
  }

  document.addEventListener('click', (event) => {
    const link = event.target.closest('a[data-tell]')
    if (link) tell(link)
    const menu = find('.languages[open]')
    if (menu && !menu.contains(event.target)) menu.open = false
  })

  document.addEventListener('keydown', (event) => {
    const menu = find('.languages[open]')
    if (event.key !== 'Escape' || !menu) return
    menu.open = false
    find('summary', menu).focus()
  })

  // Adding to the cart
  let fade
  find('[data-add]')?.addEventListener('submit', (event) => {
    event.preventDefault()
    const form = event.currentTarget
    const quantity = Number(new FormData(form).get('quantity'))
    const cart = readCart()
    cart.set(form.dataset.add, Math.min(20, (cart.get(form.dataset.add) ?? 0) + quantity))
    writeCart(cart)
    tell(form, ({ ecommerce }) => {
      ecommerce.items[0].quantity = String(quantity)
      ecommerce.value = (Number(ecommerce.items[0].price) * quantity).toFixed(2)
    })
    const note = find('[data-added]')
    find('p', note).textContent = note.dataset.text.replace('{name}', find('h1').textContent)
    find('a', note).hidden = false
    note.classList.add('open')
    clearTimeout(fade)
    fade = setTimeout(() => note.classList.remove('open'), 6000)
  })

  // The cart page
  function showTotals() {
    const summary = find('[data-delivery]')
    const { freeFrom, price, free } = JSON.parse(summary.dataset.delivery)
    const cart = readCart()
    let goods = 0
    for (const line of document.querySelectorAll('[data-line]')) {
      const quantity = cart.get(line.dataset.line) ?? 0
      const sum = quantity * Number(line.dataset.price)
      goods += sum
      find('[data-quantity]', line).textContent = String(quantity)
      find('[data-sum]', line).textContent = money(sum)
    }
    const delivery = goods >= freeFrom ? 0 : price
    find('[data-total=goods]').textContent = money(goods)
    find('[data-total=delivery]').textContent = delivery ? money(delivery) : free
    find('[data-total=all]').textContent = money(goods + delivery)
    const status = find('[data-updated]')
    status.textContent = status.dataset.updated.replace('{amount}', money(goods + delivery))
  }

  find('.cart-lines')?.addEventListener('click', (event) => {
    const button = event.target.closest('[data-change], [data-remove]')
    if (!button) return
    const line = button.closest('[data-line]')
    const id = line.dataset.line
    const cart = readCart()
    const before = cart.get(id) ?? 0
    const after = button.dataset.change ? Math.min(20, before + Number(button.dataset.change)) : 0
    if (after > 0) cart.set(id, after)
    else {
      cart.delete(id)
      tell(find('[data-remove]', line), ({ ecommerce }) => {
        ecommerce.value = (ecommerce.value / ecommerce.items[0].quantity) * before
        ecommerce.items[0].quantity = before
      })
    }
    writeCart(cart)
    if (!cart.size) return location.reload()
    if (after <= 0) {
      line.remove()
      find('.cart-lines button').focus()
    }
    showTotals()
  })

  // The checkout's two steps
  find('form[data-tell][method=post]')?.addEventListener('submit', (event) => {
    const form = new FormData(event.currentTarget)
    tell(event.currentTarget, (parameters) => {
      if (form.has('delivery')) parameters.shipping_tier = form.get('delivery')
      if (form.has('payment')) parameters.payment_type = form.get('payment')
    })
  })

  // Privacy choices. The feedback script may be absent, blocked or still on its way: then the call waits in its queue.
  const heed = (...call) => {
    window.heed ??= function () {
      // biome-ignore lint/complexity/noArguments: the queue is defined as a list of arguments objects.
      window.heed.q = [...(window.heed.q ?? []), arguments]
    }
    window.heed(...call)
  }
  const dialog = find('#privacy')
  const saved = find('.privacy-saved', dialog)
  find('[data-privacy]')?.addEventListener('click', () => {
    saved.textContent = ''
    dialog.showModal()
  })
  dialog.addEventListener('click', (event) => {
    const { consentChoice, saved: text, close, startOver } = event.target.dataset
    if (consentChoice) {
      setCookie('consent', consentChoice)
      heed('consent', { storage: consentChoice })
      saved.textContent = text
    }
    if (startOver !== undefined) {
      heed('reset')
      for (const name of ['cart', 'order', 'fresh', 'delivery', 'consent']) setCookie(name, '')
      location.assign(`/${location.pathname.split('/')[1]}/`)
    }
    if (close !== undefined || event.target === dialog) dialog.close()
  })

  // A page that comes back from the back/forward cache shows the cart of then.
  addEventListener('pageshow', (event) => {
    if (!event.persisted) return
    if (find('.cart-lines')) location.reload()
    else showCount()
  })
})()
