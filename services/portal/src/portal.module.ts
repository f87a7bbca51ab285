import { Module } from '@nestjs/common';
import { PortalAssets } from './portal-assets.js';
import { PortalController } from './portal.controller.js';
import { ReadArchive } from './read-archive.js';

/** The web pages. Needs the port ProductCatalog. */
@Module({ controllers: [PortalController], providers: [ReadArchive, PortalAssets] })
export class PortalModule {}
