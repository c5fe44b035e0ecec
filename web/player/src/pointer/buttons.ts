/** Bits of the button mask of RFB (RFC 6143, section 7.5.5). */
export const Button = { left: 1, middle: 2, right: 4, wheelUp: 8, wheelDown: 16 } as const;

/** The RFB mask of a DOM one (`MouseEvent.buttons`), where right and middle are the other way round. */
export function buttonMask(domButtons: number): number {
  return (domButtons & 1 ? Button.left : 0) | (domButtons & 4 ? Button.middle : 0) | (domButtons & 2 ? Button.right : 0);
}
