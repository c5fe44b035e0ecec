// A staff page lost its connection. Where the service is a new one, the page has to be loaded anew, but not while it sends files: they go on by themselves.
const box = document.getElementById('components-reconnect-modal');
const words = box.querySelector('p');
const isSending = () => document.querySelector('preserve-upload li[data-state=waiting], preserve-upload li[data-state=sending], preserve-upload li[data-state=interrupted]') !== null;

function say(text) {
  words.textContent = text;
  box.hidden = text === '';
}

function loadAnew() {
  if (isSending()) {
    say('The service was restarted. Files go on by themselves; the page is loaded anew when all are there.');
    setTimeout(loadAnew, 1000);
  } else {
    location.reload();
  }
}

async function connectAgain() {
  try {
    if (await Blazor.reconnect()) {
      say('');
    } else {
      loadAnew();
    }
  } catch {
    // The service is still away.
    setTimeout(connectAgain, 3000);
  }
}

box.addEventListener('components-reconnect-state-changed', event => {
  switch (event.detail.state) {
    case 'show': say('The connection is lost. It is tried again.'); break;
    case 'hide': say(''); break;
    case 'failed': void connectAgain(); break;
    case 'rejected': loadAnew(); break;
  }
});
