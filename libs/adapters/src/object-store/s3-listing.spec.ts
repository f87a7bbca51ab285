import { describe, expect, it } from '@jest/globals';
import { parseS3ListPage, parseS3UploadPage } from './s3-listing.js';

const content = (key: string) =>
  `<Contents><Key>${key}</Key><LastModified>2026-01-02T03:04:05.000Z</LastModified><ETag>&quot;0e10&quot;</ETag><Size>12</Size></Contents>`;

describe('ListObjectsV2 answer', () => {
  it('keeps keys and etags that look like numbers', () => {
    const [object] = parseS3ListPage(`<ListBucketResult>${content('007')}</ListBucketResult>`).objects;
    expect(object).toEqual({ key: '007', size: 12, etag: '0e10', modified: new Date('2026-01-02T03:04:05Z') });
  });

  it('passes over keys no object of ours can have, and still goes on after them', () => {
    const page = parseS3ListPage(`<R><IsTruncated>true</IsTruncated>${content('a/b')}${content('a b&amp;')}</R>`);
    expect(page.objects.map(({ key }) => key)).toEqual(['a/b']);
    expect(page.goOnAfter).toBe('a b&amp;');
  });

  it('ends where the page is the last or empty', () => {
    expect(parseS3ListPage(`<R><IsTruncated>false</IsTruncated>${content('a')}</R>`).goOnAfter).toBeUndefined();
    expect(parseS3ListPage('<R><IsTruncated>true</IsTruncated></R>').goOnAfter).toBeUndefined();
  });
});

describe('ListMultipartUploads answer', () => {
  it('gives uploads and where to go on', () => {
    const upload =
      '<Upload><Key>a/b</Key><UploadId>12</UploadId><Initiated>2026-01-02T03:04:05.000Z</Initiated></Upload>';
    const marks = '<NextKeyMarker>a/b</NextKeyMarker><NextUploadIdMarker>12</NextUploadIdMarker>';
    expect(parseS3UploadPage(`<R><IsTruncated>true</IsTruncated>${marks}${upload}</R>`)).toEqual({
      uploads: [{ key: 'a/b', uploadId: '12', initiated: new Date('2026-01-02T03:04:05Z') }],
      goOnAfter: { 'key-marker': 'a/b', 'upload-id-marker': '12' },
    });
    expect(parseS3UploadPage(`<R>${upload}</R>`).goOnAfter).toBeUndefined();
  });
});
