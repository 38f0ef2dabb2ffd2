/** The page's own bundle: Turbo takes over its links and replaces the body. */
import '@hotwired/turbo'
