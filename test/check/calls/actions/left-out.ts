export const NO_COUNTERPART: Readonly<Record<string, string>> = {};
export const LEFT_OUT: Readonly<Record<string, Readonly<Record<string, string>>>> = {};
export const MADE_OTHERWISE: Readonly<Record<string, string>> = {};
