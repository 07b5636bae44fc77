import type { WorkspacePage } from '../../support/workspace-page.ts';

/** Controls and texts that the window or their own box cuts off at a side, and what makes the page wider than it. */
export function findCut({ page }: WorkspacePage): Promise<string[]> {
  return page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    const found = scrollWidth > clientWidth ? [`the page is ${scrollWidth - clientWidth} px too wide`] : [];
    for (const element of document.querySelectorAll('button, select, input, textarea, time, h1, h2, td')) {
      const { left, right } = element.getBoundingClientRect();
      const seen = element.checkVisibility({ visibilityProperty: true });
      // What is typed in a box of several lines can be scrolled there.
      const wide = element.tagName !== 'TEXTAREA' && element.scrollWidth > element.clientWidth + 1;
      const cut = left < 0 || right > clientWidth || wide;
      const inline = getComputedStyle(element).display === 'inline';
      if (seen && !inline && cut)
        found.push(
          `${element.tagName} ${element.textContent.slice(0, 80)} (${element.scrollWidth} > ${element.clientWidth})`,
        );
    }
    return found;
  });
}
