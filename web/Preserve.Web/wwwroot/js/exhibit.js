// Tells the page's style where the visitor stands, so that Start steps back while a session is under way.
const exhibit = document.querySelector('.exhibit');

document.addEventListener('preserve-state', event => {
  exhibit.dataset.state = event.detail.state;
});
