"""Files: what people send is fetched and kept, what we send is uploaded to Meta; both are given out.

A file is one sending of it, a blob its bytes: the same bytes twice are kept once. Every file that
waits is a row; a worker that dies with one in its hands leaves the row to the next.

Owns: blobs, files, media_uploads, media_needs.
"""
