/** What a page loads, found by reading the files: no server and no browser. */

import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the pages. */
export const WEB = join(dirname(fileURLToPath(import.meta.url)), '../../web');

/** @param {string} path from the root of the site */
export const read = (path) => readFileSync(join(WEB, path), 'utf8');

/** Every page's file. */
export const PAGES = readdirSync(WEB).filter((name) => name.endsWith('.html'));

/** Every file of ours that holds code, from the root of the site. */
export const MODULES = readdirSync(WEB, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.js') && !/^(vendor|prepare)/.test(name))
  .map((name) => `/${name}`);

/** @param {string} html */
export const importMapOf = (html) => /<script type="importmap">(.*?)<\/script>/s.exec(html)?.[1];

/**
 * All addresses of an attribute in a page's elements.
 * @param {string} html
 * @param {RegExp} element with one group: the address
 */
export const all = (html, element) => [...html.matchAll(element)].map((found) => found[1] ?? '');

/** @param {string} html */
export const scriptsOf = (html) => all(html, /<script type="module"[^>]* src="([^"]+)"/g);

/** @param {string} html */
export const preloadsOf = (html) => all(html, /<link rel="modulepreload" href="([^"]+)">/g);

/** @param {string} html */
export const stylesOf = (html) => all(html, /<link rel="stylesheet" href="([^"]+)">/g);

/**
 * The modules that a module imports at once.
 * @param {string} path
 * @param {Record<string, string>} map
 */
export function importsOf(path, map) {
  const named = all(read(path), /(?:^|[;}\n])\s*(?:import|export)\b[^'"();]*?from\s*["']([^"']+)["']/g);
  const bare = all(read(path), /^import\s+["']([^"']+)["']/gm);
  return [...named, ...bare].map((name) => map[name] ?? posix.join(posix.dirname(path), name));
}

/**
 * Every module that a page runs, its own first.
 * @param {string} page
 */
export function modulesOf(page) {
  const html = read(page);
  const map = JSON.parse(importMapOf(html) ?? '{"imports":{}}').imports;
  const found = new Set(scriptsOf(html));
  for (const path of found) for (const next of importsOf(path, map)) found.add(next);
  return [...found];
}

/** @param {string} path */
export const isThere = (path) => existsSync(join(WEB, path));
