// Hangs posters as they are made: asks for the page again and takes over what has changed. Without it a reload does the same.
const pauseInMilliseconds = 4000;

async function refresh() {
  const strip = document.getElementById('poster-progress');
  if (!strip || strip.dataset.due === '0') return;
  try {
    if (!document.hidden) {
      const answer = await fetch(location.href, { headers: { Accept: 'text/html' } });
      if (answer.ok) take(new DOMParser().parseFromString(await answer.text(), 'text/html'));
    }
  } catch {
    // The service cannot be reached now; the page stays as it is and asks again later.
  }
  setTimeout(refresh, pauseInMilliseconds);
}

function take(page) {
  for (const fresh of page.querySelectorAll('#poster-progress, .wall > li')) {
    const shown = document.getElementById(fresh.id);
    if (!shown) continue;
    const picture = fresh.id === 'poster-progress' ? shown : shown.querySelector('.mount');
    const freshPicture = fresh.id === 'poster-progress' ? fresh : fresh.querySelector('.mount');
    if (picture && freshPicture && picture.outerHTML !== freshPicture.outerHTML) picture.replaceWith(document.adoptNode(freshPicture));
  }
}

setTimeout(refresh, pauseInMilliseconds);
