#!/usr/bin/env node
import { dirname } from 'node:path';
import { cacheCode } from './code-cache';

// Before anything else is loaded, so that it takes part.
cacheCode(dirname(__dirname), process.argv[2] ?? '');
require('./program');
