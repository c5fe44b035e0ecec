import type { Size } from '../screen/fit';

export interface Position {
  readonly x: number;
  readonly y: number;
}

export interface Box extends Position, Size {}

/** The guest pixel under a place on the page; places outside the picture give the nearest pixel at its edge. */
export function toGuest(place: Position, picture: Box, guest: Size): Position {
  return {
    x: within(Math.floor((place.x - picture.x) / picture.width * guest.width), guest.width - 1),
    y: within(Math.floor((place.y - picture.y) / picture.height * guest.height), guest.height - 1),
  };
}

function within(value: number, last: number): number {
  return Number.isFinite(value) ? Math.max(0, Math.min(last, value)) : 0;
}
