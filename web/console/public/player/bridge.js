// Runs in every page of a teaching package before the package's own scripts. The page lives in a sandbox with an origin of its own:
// it cannot look for its runtime in the windows above, as SCORM has it, so the runtime (scorm-again) stands here, and what it keeps
// goes to the player as a message. What the player hands in comes in the window's name: nothing else is there when the page begins.
;(function () {
  'use strict'

  // A sandbox without an origin has no storage; packages that try are given one that ends with the page.
  function memory() {
    var kept = new Map()
    return {
      getItem: function (name) {
        return kept.has(String(name)) ? kept.get(String(name)) : null
      },
      setItem: function (name, value) {
        kept.set(String(name), String(value))
      },
      removeItem: function (name) {
        kept.delete(String(name))
      },
      clear: function () {
        kept.clear()
      },
      key: function (place) {
        return Array.from(kept.keys())[place] || null
      },
      get length() {
        return kept.size
      },
    }
  }

  function replace_if_closed(owner, name, description) {
    try {
      void owner[name]
    } catch {
      Object.defineProperty(owner, name, description)
    }
  }
  replace_if_closed(window, 'localStorage', { value: memory() })
  replace_if_closed(window, 'sessionStorage', { value: memory() })
  replace_if_closed(document, 'cookie', {
    get: function () {
      return ''
    },
    set: function () {},
  })

  var start
  try {
    start = JSON.parse(window.name)
  } catch {
    start = undefined
  }
  if (!start || start.concentric !== 'package') return // a frame within a page

  var player = window.parent
  // Packages look in the windows above first, and stumble over the sandbox.
  Object.defineProperty(window, 'parent', { value: window })
  Object.defineProperty(window, 'opener', { value: null, writable: true })

  function tell(data) {
    player.postMessage({ concentric: 'commit', key: start.key, data: data }, start.origin)
    return { result: 'true', errorCode: 0 }
  }

  window.concentric_begin = function () {
    delete window.concentric_begin
    var is_12 = start.version === '1.2'
    var Runtime = is_12 ? window.Scorm12API : window.Scorm2004API
    var runtime = new Runtime({
      lmsCommitUrl: 'player',
      dataCommitFormat: 'flattened',
      autocommit: true,
      autocommitSeconds: 5,
      alwaysSendTotalTime: true,
      logLevel: 5,
    })
    runtime.processHttpRequest = function (_address, data) {
      return tell(data)
    }
    runtime.loadFromFlattenedJSON(start.data)
    window[is_12 ? 'API' : 'API_1484_11'] = runtime
    window.addEventListener('pagehide', function () {
      if (runtime.isInitialized()) is_12 ? runtime.LMSCommit('') : runtime.Commit('')
    })
  }
  // Written into the page, so that both run before whatever comes after this script.
  var file = start.version === '1.2' ? 'scorm12' : 'scorm2004'
  document.write('<script src="/player/' + file + '.js"></' + 'script><script>concentric_begin()</' + 'script>')
})()
