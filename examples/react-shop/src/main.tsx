import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Shop } from './shop.tsx'

const place = document.getElementById('shop')
if (place)
  createRoot(place).render(
    <StrictMode>
      <Shop />
    </StrictMode>,
  )
