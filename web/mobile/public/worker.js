// Opens the app where there is no net: its files are kept as they were last fetched. What people read and write is kept by the app
// itself, under whoever is logged in; nothing of the API is kept here.
const files = 'FILES'
const cache_name = 'concentric-VERSION'
const page = '/m/index.html'

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(cache_name)
      .then((cache) => cache.addAll([page, '/m/mark.svg', ...files]))
      .then(() => self.skipWaiting()),
  )
})

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name !== cache_name).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  )
})

async function page_of(request) {
  try {
    return await fetch(request)
  } catch {
    return (await caches.match(page)) ?? Response.error()
  }
}

self.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== self.location.origin || !pathname.startsWith('/m/')) return
  if (request.mode === 'navigate') event.respondWith(page_of(request))
  else event.respondWith(caches.match(request).then((kept) => kept ?? fetch(request)))
})
