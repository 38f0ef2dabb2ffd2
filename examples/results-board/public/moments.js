// How to meet each of the demo shop's surveys, as somebody would do it.
const moments = {
  'post-purchase-nps': {
    start: 'product/moon-cup/',
    steps: [
      'Place an order to be asked: put a piece into the cart and go to the checkout.',
      'Everything is filled in. Continue, then pay.',
      'The question appears one second after “Thank you”.',
    ],
  },
  'product-csat': {
    start: 'product/hearth-pot/',
    steps: ['Open any product.', 'Scroll past the middle of the page, or stay for 25 seconds.'],
  },
  'checkout-ces': {
    start: 'order/status/',
    steps: [
      'Place an order.',
      'Choose “Follow your order”. The question appears there, so that nothing ever covers the checkout.',
    ],
  },
  'cart-exit': {
    start: 'product/moon-cup/',
    steps: [
      'Put a piece into the cart, open the cart and stay for 3 seconds.',
      'With a mouse: move it out of the top of the window, towards the tabs.',
      'On a phone: scroll up fast, or look into another tab and come back.',
    ],
  },
}

/** Undefined for a survey that is not one of the demo's. */
export const momentOf = (key) => (Object.hasOwn(moments, key) ? moments[key] : undefined)
