import json
import os
import sys

from requests_oauthlib import OAuth2Session

config = json.loads(os.environ["CONFIG"])
client = OAuth2Session(config["apiKey"], redirect_uri=config["redirectUri"], scope=["openid", "profile", "read"])
url, _ = client.authorization_url(
    config["authorize"], code_challenge=config["challenge"], code_challenge_method="S256"
)
print(url, flush=True)
client.fetch_token(
    config["token"],
    authorization_response=sys.stdin.readline().strip(),
    code_verifier=config["verifier"],
    include_client_id=True,
)
print(client.refresh_token(config["token"], client_id=config["apiKey"])["access_token"], flush=True)
