import { type DerReader, tags } from './der-reader';

const utcTime = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(Z|[+-]\d{4})$/;
const generalizedTime = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(Z|[+-]\d{4})$/;

/** Reads a point in time in one of the formats that Go reads: with a time zone, without fractions of a second. */
export function readTime(der: DerReader): Date {
  const { tag, content } = der.any();
  const text = content.toString('latin1');
  if (tag === tags.generalizedTime) return timeOf(generalizedTime.exec(text)) ?? der.fail();
  if (tag !== tags.utcTime) return der.fail();
  const match = utcTime.exec(text);
  // The years are those from 1950 to 2049.
  if (match?.[1] !== undefined) match[1] = `${Number(match[1]) < 50 ? 20 : 19}${match[1]}`;
  return timeOf(match) ?? der.fail();
}

function timeOf(match: RegExpExecArray | null): Date | undefined {
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const zone = match[7] ?? 'Z';
  const time = new Date(0);
  time.setUTCFullYear(year, month - 1, day);
  time.setUTCHours(hour, minute, second);
  const isInCalendar =
    time.getUTCMonth() === month - 1 && time.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
  if (!isInCalendar) return undefined;
  if (zone === 'Z') return time;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(3))];
  // The offset zero has one form, Z, and Go knows no offset of more than a day.
  if ((hours === 0 && minutes === 0) || hours > 24 || minutes >= 60) return undefined;
  const offset = (hours * 60 + minutes) * 60_000;
  return new Date(time.getTime() - (zone.startsWith('-') ? -offset : offset));
}
