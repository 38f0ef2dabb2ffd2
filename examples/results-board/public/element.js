const svgSpace = 'http://www.w3.org/2000/svg'

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false && value !== null && value !== undefined)
      node.setAttribute(name, value === true ? '' : value)
  }
  node.append(...children.flat().filter((child) => child !== false && child !== null && child !== undefined))
  return node
}

/** An element; strings among the children become text, never markup. */
export const h = (name, attributes = {}, ...children) =>
  fill(document.createElement(name), attributes, children)

export const svg = (name, attributes = {}, ...children) =>
  fill(document.createElementNS(svgSpace, name), attributes, children)
