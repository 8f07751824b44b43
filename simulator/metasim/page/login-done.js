// Tells the page that opened the dialog what was decided, as Meta's SDK does, and closes.
const { news, answer, origin } = JSON.parse(document.body.dataset.told)

if (window.opener) {
  window.opener.postMessage(JSON.stringify(news), origin)
  window.opener.postMessage({ source: 'metasim-login', answer }, origin)
  window.close()
}
