/**
 * The second click of a double click, and a key that is held down, are no further actions: on a button they are
 * dropped before anything sees them. Two clicks with a pause between them are two.
 */
export function clickOnce(): void {
  document.addEventListener('click', (event) => dropOnButton(event, event.detail > 1), true);
  document.addEventListener(
    'keydown',
    (event) => dropOnButton(event, event.repeat && event.key === 'Enter'),
    true,
  );
}

function dropOnButton(event: Event, repeated: boolean): void {
  const onButton = event.target instanceof Element && event.target.closest('button') !== null;
  if (!repeated || !onButton) return;
  event.preventDefault();
  event.stopPropagation();
}
